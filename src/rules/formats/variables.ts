import { looksRandom } from '../../detect/placeholder.js'
import { defineRules } from '../define.js'
import { isOpaque, isPassword } from './values.js'

/** Ahead of `key` and `token` these name a place, a piece of text or a public half. */
const OTHERS =
  'public|publishable|anon|cache|object|s3|sort|partition|primary|foreign|kms|row|hash|idempotency|page|next|sync|continuation|cursor|pagination|eos|bos|pad|sep|unk|mask|special|stop|start|end|first|last|prompt|input|output|verification|max|min|total|num'
const CAPITALIZED = OTHERS.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
/** As a word of its own: `MIN_`, and not the end of `ADMIN_`. */
const ANY_CASE = `(?<![A-Za-z])(?:${OTHERS}|${OTHERS.toUpperCase()})|${CAPITALIZED}`
/** An environment, which of two, a form of writing. */
const ENDING = 'prod|production|dev|stag|staging|live|test|old|new|primary|secondary|value|b64|base64|\\d{1,2}'
/** A name that ends in what it is, save for an ending that leaves the meaning as it is. A key needs a word that says whose. */
export const NAME =
  // What stands ahead is asked for only where one may begin.
  `[A-Za-z0-9_.-]{0,60}(?=[KPSTkpst])(?<!(?:${ANY_CASE})[_.-]?)` +
  '(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|[Tt]oken|[Ss]ecret|[Pp]assword|(?<=[A-Za-z0-9][_.-]?)(?:KEY|[Kk]ey))' +
  `(?:[_.-]?(?:${ENDING}|${ENDING.toUpperCase().replaceAll('D{', 'd{')}))?`
const OPEN = '\\\\{0,3}["\'`]'
const VALUE = '(?<secret>[^\\s"\'`\\\\]{8,256})'

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
        pattern: `(?:ENV|ARG) {1,4}${NAME} {1,4}["']?${VALUE}`,
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
        anchors: ['set -', 'setenv ', 'setx '],
        pattern: `(?:set -[a-zA-Z]{1,4}|setenv|setx) {1,4}${NAME} {1,4}["']?${VALUE}`,
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: [
        'set -gx ROOT_PASSWORD <<{{base62:14}}>>',
        "setenv API_TOKEN '<<{{base62:24}}>>'",
        'setx API_KEY "<<{{hex:40}}>>"',
      ],
      nonExamples: ['set -e TOKEN', 'set -gx API_KEY your-api-key'],
    },
    {
      id: 'variable-default',
      title: 'Credential as the default of an environment variable',
      confidence: 'medium',
      link: 'https://nodejs.org/api/process.html#processenv',
      definition: {
        anchors: ['env.', 'env[', 'getenv(', 'environ.get(', 'ENV['],
        pattern: `(?:env\\.|env\\[|getenv\\(|environ\\.get\\(|ENV\\[)(?:${OPEN})?${NAME}(?:${OPEN})?[\\])]? {0,3}(?:\\|\\||\\?\\?|or) {0,3}${OPEN}${VALUE}(?=\\\\{0,3}["'\`])`,
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
        pattern: `(?<=\\|[ \\t*\`]{1,4}${NAME}[*\`]{0,3}) \\| [*\`]{0,3}(?<secret>[^\\s"'\`|\\\\]{8,256})(?=[*\`]{0,3} {1,3}\\|)`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: ['| INTERNAL_API_KEY | <<{{hex:40}}>> |', '| `billing_api_key` | `<<{{base62:36}}>>` | yes |'],
      nonExamples: [
        '| API_KEY | your-api-key |',
        '| name | value |',
        '| s3_key | {{hex:40}} |',
        '| kms_key_id | {{uuid}} |',
      ],
    },
    {
      id: 'variable-setter',
      title: 'Key or token that a method of its name is given',
      confidence: 'medium',
      link: 'https://docs.oracle.com/javase/tutorial/java/javaOO/methods.html',
      definition: {
        // The rarest end of a name: what begins within a word is looked for everywhere.
        anchors: ['ey("', 'en("', 'et("', "ey('", "en('", "et('"],
        before: 6,
        pattern: `(?<=[.>:](?:[a-z][A-Za-z]{0,30}(?<!(?<![A-Za-z])(?:${OTHERS})|${CAPITALIZED})|[a-z_]{0,30}(?<!(?<![A-Za-z])(?:${OTHERS})))?)(?:Key|Token|Secret|api_key|_token|_secret|\\.token)\\(["'](?<secret>[^\\s"'\`\\\\]{12,256})(?=["']\\))`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: (secret) => looksRandom(secret, 12) && isOpaque(secret) && !/^[a-z_-]+:/i.test(secret),
      examples: ['client.setApiKey("<<{{hex:40}}>>");', "Client.builder().accessToken('<<{{base62:32}}>>').build()"],
      nonExamples: [
        'client.setApiKey("your-api-key-here")',
        'request.setPublicKey("{{hex:40}}")',
        'items.sortKey("{{hex:40}}")',
      ],
    },
    {
      id: 'variable-password-setter',
      title: 'Password that a method of its name is given, or typed into a field of its name',
      confidence: 'medium',
      link: 'https://playwright.dev/docs/input',
      definition: {
        anchors: ['rd("', "rd('", '.fill(', '.type(', '.sendKeys(', '.send_keys('],
        before: 7,
        pattern:
          `(?:(?<=[.>:][A-Za-z_]{0,30})[Pp]assword\\(["']|\\.(?:fill|type)\\(["'\`][^"'\`\\n]{0,60}[Pp]ass(?:word|wd)?[^"'\`\\n]{0,20}["'\`], {0,2}["'\`]|(?<=[Pp]assword["'\`\\]]{0,3}\\){1,2})\\.(?:fill|type|sendKeys|send_keys)\\(["'\`])` +
          '(?<secret>[^\\s"\'`\\\\]{4,128})(?=["\'`]\\))',
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: (secret) => isPassword(secret) && isOpaque(secret),
      examples: [
        'dataSource.setPassword("<<{{base62:12}}>>");',
        "await page.fill('#password', '<<{{base62:12}}>>')",
        "await page.getByLabel('Password').fill('<<{{base62:12}}>>')",
        'driver.find_element(By.ID, "password").send_keys("<<{{base62:12}}>>")',
      ],
      nonExamples: ['page.fill("#password", password)', "page.fill('#name', 'Anna-2024')", 'setPassword("")'],
    },
    {
      id: 'variable-nested-value',
      title: 'Credential as the value of an object of its name',
      confidence: 'medium',
      link: 'https://developer.hashicorp.com/terraform/cli/commands/output',
      definition: {
        anchors: ['"value"'],
        pattern: `(?<=${NAME}"\\s{0,4}:\\s{0,4}\\{\\s{0,40})"value"\\s{0,4}:\\s{0,4}"(?<secret>[^\\s"\\\\]{8,256})"`,
        leftBoundary: 'none',
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: ['{"db_password": {"value": "<<{{base62:16}}>>", "type": "string", "sensitive": true}}'],
      nonExamples: ['{"public_key":{"value":"{{hex:40}}"}}', '{"city":{"value":"{{hex:40}}"}}'],
    },
    {
      id: 'variable-columns',
      title: 'Credential beside its name in a table of two columns',
      confidence: 'medium',
      link: 'https://developer.hashicorp.com/vault/docs/commands/kv/get',
      definition: {
        anchors: [
          'password',
          'db_password',
          'token',
          'access_token',
          'secret',
          'client_secret',
          'secret_key',
          'api_key',
          'access_key',
        ].map((name) => `${name}   `),
        pattern: `(?<=^|\\n|\\\\n)(?:db_password|password|access_token|token|client_secret|secret_key|secret|api_key|access_key) {3,40}(?<secret>[^\\s"'\`\\\\]{8,256})(?= {0,40}(?:[\\r\\n\\\\"]|$))`,
        rightBoundary: 'none',
      },
      validate: isOpaque,
      examples: ['Key         Value\n---         -----\npassword    <<{{base62:16}}>>\nusername    app'],
      nonExamples: ['token    string    required', 'password    required'],
    },
  ],
)
