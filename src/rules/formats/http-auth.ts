import { decodeRun } from '../../detect/decode/index.js'
import { isPlaceholder, looksOpaque } from '../../detect/placeholder.js'
import { defineRules } from '../define.js'

const isOpaque = (secret: string): boolean => looksOpaque(secret) && !isPlaceholder(secret)

/** What Basic carries is `user:password` in base64. */
const isUserAndPassword = (secret: string): boolean =>
  /^[\x20-\x7e]{1,200}:[\x20-\x7e]{3,}$/.test(decodeRun(secret, ['base64']))

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
        pattern: 'bearer {1,4}(?<secret>[A-Za-z0-9._~+/-]{16,4096}(?<!\\.)={0,2})',
        maxLength: 4200,
      },
      validate: (secret) => isOpaque(secret) && /\d/.test(secret),
      examples: ['Bearer <<{{base62:40}}>>'],
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
        anchors: ['-u ', '--user '],
        pattern: '(?:-u|--user) {1,4}["\']?[^\\s:"\'/]{1,128}:(?<secret>[^\\s"\'\\\\]{4,256})',
        rightBoundary: 'none',
        leftBoundary: 'token',
      },
      validate: (secret) => /[A-Za-z]/.test(secret) && !isPlaceholder(secret),
      examples: ["curl -u 'admin:<<{{base62:16}}>>' https://example.com"],
      nonExamples: ['docker run -u 1000:1000 image', 'curl -u user:password https://example.com'],
    },
    {
      id: 'netrc-password',
      title: 'Password in a .netrc file',
      confidence: 'medium',
      definition: {
        anchors: ['machine '],
        pattern: 'machine \\S{1,128}\\s{1,8}login \\S{1,128}\\s{1,8}password (?<secret>[^\\s"`\\]\\\\]{4,256})',
        rightBoundary: 'none',
      },
      validate: (secret) => !isPlaceholder(secret),
      examples: ['machine api.example.com login me password <<{{base62:24}}>>'],
      nonExamples: ['machine learning models'],
    },
  ],
)
