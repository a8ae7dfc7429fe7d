import { isPlaceholder, looksOpaque } from '../../detect/placeholder.js'
import { defineRules } from '../define.js'

const NAME = '[A-Za-z0-9_.-]{0,60}(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|[Kk]ey|[Tt]oken|[Ss]ecret|[Pp]assword)'
const OPEN = '\\\\{0,3}["\'`]'
const VALUE = '(?<secret>[^\\s"\'`\\\\]{8,256})'

const isOpaque = (secret: string): boolean => looksOpaque(secret) && !isPlaceholder(secret)

/** Variables whose value follows without the sign that an assignment has. */
export const variables = defineRules(
  { provider: 'generic', link: 'https://docs.docker.com/reference/dockerfile/#env' },
  [
    {
      id: 'variable-dockerfile',
      title: 'Credential in an ENV or ARG line of a Dockerfile',
      confidence: 'medium',
      definition: {
        anchors: ['ENV ', 'ARG '],
        pattern: `(?:ENV|ARG) {1,4}${NAME}[A-Z0-9_]{0,20} {1,4}["']?${VALUE}`,
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: ['ENV AUTH_TOKEN <<{{base62:28}}>>'],
      nonExamples: ['ENV NODE_ENV production', 'ENV API_KEY your-api-key'],
    },
    {
      id: 'variable-shell',
      title: 'Credential set in fish or csh',
      confidence: 'medium',
      link: 'https://fishshell.com/docs/current/cmds/set.html',
      definition: {
        anchors: ['set -', 'setenv '],
        pattern: `(?:set -[a-zA-Z]{1,4}|setenv) {1,4}${NAME}[A-Z0-9_]{0,20} {1,4}["']?${VALUE}`,
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: ['set -gx ROOT_PASSWORD <<{{base62:14}}>>', "setenv API_TOKEN '<<{{base62:24}}>>'"],
      nonExamples: ['set -e TOKEN', 'set -gx API_KEY your-api-key'],
    },
    {
      id: 'variable-default',
      title: 'Credential as the default of an environment variable',
      confidence: 'medium',
      link: 'https://nodejs.org/api/process.html#processenv',
      definition: {
        anchors: ['env.', 'env[', 'getenv(', 'environ.get(', 'ENV['],
        pattern: `(?:env\\.|env\\[|getenv\\(|environ\\.get\\(|ENV\\[)(?:${OPEN})?${NAME}[A-Za-z0-9_]{0,20}(?:${OPEN})?[\\])]? {0,3}(?:\\|\\||\\?\\?|or) {0,3}${OPEN}${VALUE}(?=\\\\{0,3}["'\`])`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: [
        "const key = process.env.CLIENT_SECRET || '<<{{base62:32}}>>'",
        "os.environ.get('COOKIE_SECRET') or '<<{{hex:64}}>>'",
      ],
      nonExamples: ["process.env.API_KEY || 'your-api-key'"],
    },
    {
      id: 'variable-table',
      title: 'Credential beside its name in a Markdown table',
      confidence: 'medium',
      link: 'https://github.github.com/gfm/#tables-extension-',
      definition: {
        anchors: [' | '],
        pattern: `(?<=\\|[ \\t*\`]{1,4}${NAME}[A-Za-z0-9_]{0,20}[*\`]{0,3}) \\| [*\`]{0,3}(?<secret>[^\\s"'\`|\\\\]{8,256})(?=[*\`]{0,3} {1,3}\\|)`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: ['| INTERNAL_API_KEY | <<{{hex:40}}>> |', '| `billing_api_key` | `<<{{base62:36}}>>` | yes |'],
      nonExamples: ['| API_KEY | your-api-key |', '| name | value |'],
    },
  ],
)
