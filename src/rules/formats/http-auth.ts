import { isUserAndPassword } from '../../detect/credential.js'
import { isPlaceholder } from '../../detect/placeholder.js'
import { defineRules } from '../define.js'
import { isOpaque, isPassword, STOPS, UNPUNCTUATED } from './values.js'

export const httpAuth = defineRules(
  { provider: 'generic', link: 'https://www.rfc-editor.org/rfc/rfc9110#section-11' },
  [
    {
      id: 'http-bearer-token',
      title: 'Bearer credential in a header or command',
      confidence: 'medium',
      definition: {
        anchors: ['bearer '],
        caseInsensitive: true,
        // A number and a bar stand before the tokens of Laravel Sanctum.
        pattern: 'bearer {1,4}(?<secret>(?:\\d{1,9}\\|)?[A-Za-z0-9._~+/-]{16,4096}(?<!\\.)={0,2})',
        maxLength: 4200,
      },
      validate: (secret) => isOpaque(secret) && /\d/.test(secret),
      examples: ['Bearer <<{{base62:40}}>>', 'Bearer <<12|{{base62:40}}>>'],
      nonExamples: ['Bearer tokens are required', 'bearer token-authentication-scheme'],
    },
    {
      id: 'http-basic-credentials',
      title: 'Basic credential in a header or command',
      confidence: 'medium',
      definition: {
        anchors: ['basic '],
        caseInsensitive: true,
        pattern: 'basic {1,4}(?<secret>[A-Za-z0-9+/]{16,1024}={0,2})',
        maxLength: 1100,
      },
      validate: isUserAndPassword,
      examples: ['Basic <<{{basic}}>>'],
      nonExamples: ['Basic authentication', 'basic understanding of the matter'],
    },
    {
      id: 'curl-user-password',
      title: 'Password in the -u option of a command',
      confidence: 'medium',
      definition: {
        anchors: ['-u ', '--user ', '--user=', '--proxy-user ', '--auth ', '-U '],
        pattern: `(?:-[uU]|--(?:proxy-)?user|--auth)[ =]{1,4}["']?[^\\s:"'/\\\\]{1,128}[:%](?<secret>(?!:)[^${STOPS}]{4,256}${UNPUNCTUATED})`,
        rightBoundary: 'none',
        leftBoundary: 'token',
      },
      // `-u node:node` names a group.
      validate: (secret) => /[A-Za-z]/.test(secret) && /[^a-z_-]/.test(secret) && isPassword(secret),
      examples: [
        "curl -u 'admin:<<{{base62:16}}>>' https://example.com",
        'curl --user admin:<<{{base62:16}}!>> https://example.com',
      ],
      nonExamples: [
        'docker run -u 1000:1000 image',
        'curl -u user:password https://example.com',
        'docker run -u node:node image',
      ],
    },
    {
      id: 'netrc-password',
      title: 'Password in a .netrc file',
      confidence: 'medium',
      definition: {
        anchors: ['machine ', 'default login '],
        pattern: `(?:machine \\S{1,128}|default)\\s{1,8}(?:login \\S{1,128}\\s{1,8})?(?:account \\S{1,64}\\s{1,8})?password[ \\t]{1,4}["']?(?<secret>[^${STOPS}]{4,256}${UNPUNCTUATED})`,
        rightBoundary: 'none',
      },
      validate: (secret) => !isPlaceholder(secret.replace(/^["']|["']$/g, '')),
      examples: [
        'machine api.example.com login me password <<{{base62:24}}>>',
        'machine api.example.com\n  login me\n  password <<{{base62:24}}>>',
        'default login me password <<{{base62:12}}>>',
      ],
      nonExamples: ['machine learning models', 'machine api.example.com login me password <password>'],
    },
  ],
)
