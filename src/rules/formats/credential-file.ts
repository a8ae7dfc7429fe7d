import { isUserAndPassword } from '../../detect/credential.js'
import { defineRules } from '../define.js'
import { isPassword, STOPS, UNPUNCTUATED } from './values.js'

const HASH = '(?:\\$(?:[156y]|2[abxy]|apr1|sha1)\\$[A-Za-z0-9./$=,]{16,160}|\\{SHA\\}[A-Za-z0-9+/]{27}=)'

/** Files whose format, not a field's name, says which part is the credential. */
export const credentialFile = [
  ...defineRules({ provider: 'PostgreSQL', link: 'https://www.postgresql.org/docs/current/libpq-pgpass.html' }, [
    {
      id: 'pgpass-password',
      title: 'Password in a .pgpass file',
      confidence: 'medium',
      definition: {
        anchors: [':5432:', ':5433:', ':6432:', ':6543:', ':*:'],
        pattern: `(?<=(?:^|[^:\\w.*-])[\\w.*-]{1,253}):(?:5432|5433|6432|6543|\\*):[\\w*-]{1,63}:[\\w.@*-]{1,63}:(?<secret>[^:${STOPS}]{4,128}${UNPUNCTUATED})(?=[.,;)\\]}${STOPS}]|$)`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isPassword,
      examples: ['db.internal:5432:app:app:<<{{base62:16}}>>', '*:*:*:app:<<{{base62:16}}>>'],
      nonExamples: ['db.internal:5432:app:app:password', 'hostname:port:database:username:password'],
    },
  ]),
  ...defineRules({ provider: 'Docker', link: 'https://docs.docker.com/reference/cli/docker/login/' }, [
    {
      id: 'registry-auth',
      title: 'User and password in base64, in a Docker configuration or an .npmrc',
      definition: {
        anchors: ['"auth"', '_auth'],
        pattern: '(?:"auth"|_auth)\\s{0,4}[:=]\\s{0,4}["\']?(?<secret>[A-Za-z0-9+/]{8,4096}={0,2})',
        leftBoundary: 'none',
        maxLength: 4200,
      },
      validate: isUserAndPassword,
      examples: [
        '{"auths":{"registry.example.com":{"auth":"<<{{basic}}>>"}}}',
        '//registry.example.com/:_auth=<<{{basic}}>>',
      ],
      nonExamples: ['{"auth":"required"}', '_auth = authentication'],
    },
  ]),
  ...defineRules({ provider: 'crypt', link: 'https://man7.org/linux/man-pages/man5/shadow.5.html' }, [
    {
      id: 'crypt-password-line',
      title: 'Password hash of a user in /etc/shadow or .htpasswd',
      severity: 'medium',
      // Where the line names whose it is, the hash is worth cracking; a hash alone is one of many and stays.
      definition: {
        anchors: [':$1$', ':$5$', ':$6$', ':$y$', ':$2a$', ':$2b$', ':$2y$', ':$apr1$', ':{SHA}'],
        pattern: `(?<=[\\w.@-]):(?<secret>${HASH})(?=[:.,;)\\]}${STOPS}]|$)`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      examples: [
        'root:<<$6$a{{base62:15}}$b{{base62:85}}>>:19000:0:99999:7:::',
        'me:<<$apr1$a{{base62:7}}$b{{base62:21}}>>',
      ],
      nonExamples: ['root:*:19000:0:99999:7:::', '$2b$12$a{{base62:52}}'],
    },
  ]),
]
