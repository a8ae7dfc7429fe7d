import type { Rule } from '../../../src/detect/types.js'
import { type LookAlikes, pick } from './make.js'

const NAMES = [
  'OPENAI_API_KEY',
  'DB_PASSWORD',
  'GITHUB_TOKEN',
  'STRIPE_SECRET_KEY',
  'JWT_SECRET',
  'SLACK_BOT_TOKEN',
  'SMTP_PASS',
]
const VALUES = [
  ...[
    'your-api-key-here',
    'YOUR_API_KEY',
    '<your-token>',
    'changeme',
    'xxxxxxxxxxxxxxxxxxxx',
    '********',
    'replace-me',
  ],
  ...[
    '<API_KEY>',
    '[YOUR TOKEN]',
    '{api_key}',
    '%API_KEY%',
    '...',
    'TODO',
    'null',
    'secret',
    'insert-token-here',
    '""',
  ],
  ...[
    'your_secret_key',
    'my-secret-token-here',
    'example',
    'REPLACE_WITH_YOUR_TOKEN',
    'op://vault/item/field',
    '$(cat token)',
  ],
]
// In pieces, so that the repository holds nothing that looks like a key.
const AWS_DOCUMENTATION = {
  id: ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join(''),
  secret: ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/'),
}
const PREFIXES = [
  ...[
    'sk-',
    'sk-proj-',
    'sk-ant-api03-',
    'sk-or-v1-',
    'sk-lf-',
    'gsk_',
    'xai-',
    'pplx-',
    'hf_',
    'r8_',
    'tvly-',
    'pcsk_',
    'AIza',
  ],
  ...[
    'ghp_',
    'gho_',
    'ghs_',
    'github_pat_',
    'glpat-',
    'npm_',
    'pypi-',
    'dckr_pat_',
    'xoxb-',
    'xoxp-',
    'xapp-',
    'SG.',
    'sk_live_',
  ],
  ...[
    'sk_test_',
    'rk_live_',
    'whsec_',
    'shpat_',
    'lin_api_',
    'ntn_',
    'secret_',
    'figd_',
    'dapi',
    'dop_v1_',
    'hvs.',
    'glsa_',
  ],
  ...[
    'lsv2_pt_',
    'nvapi-',
    'fw_',
    'tgp_v1_',
    'jina_',
    'pa-',
    'fc-',
    'vck_',
    'sbp_',
    'napi_',
    'key-',
    'AKIA',
    'eyJ',
    'Bearer ',
  ],
]
const TAILS = ['...', '…', '***', 'xxxx', '<your-key>', 'YOUR_KEY_HERE', 'your-key', '[...]']

/** What documentation and `.env.example` files put where a key belongs. */
export const placeholders: LookAlikes = {
  '.env.example': (random) => NAMES.map((name) => `${name}=${pick(random, VALUES)}`).join('\n'),
  'JSON example': (random) =>
    JSON.stringify({ api_key: pick(random, VALUES), password: pick(random, VALUES), token: pick(random, VALUES) }),
  'YAML example': (random) => `auth:\n  token: ${pick(random, VALUES)}\n  secret: "${pick(random, VALUES)}"\n`,
  'command with a placeholder': (random) =>
    `curl -H "Authorization: Bearer ${pick(random, VALUES)}" https://api.example.com/v1/me`,
  'URL with a placeholder': (random) =>
    `postgres://user:${pick(random, ['password', '<password>', '********', '$PASSWORD'])}@localhost:5432/app`,
  'key cut short': (random) => pick(random, PREFIXES) + pick(random, TAILS),
  'key cut short under its name': (random) =>
    `${pick(random, NAMES)}="${pick(random, PREFIXES)}${pick(random, TAILS)}"`,
  'keys of the AWS documentation': () =>
    `aws_access_key_id = ${AWS_DOCUMENTATION.id}\naws_secret_access_key = ${AWS_DOCUMENTATION.secret}`,
}

/** The rules' examples with every random part blanked out, as documentation writes them. */
export const blankedExamples = (rules: readonly Rule[]): string[] =>
  rules
    .flatMap((rule) => rule.examples)
    .filter((example) => /\{\{\w+:\d+\}\}/.test(example))
    .flatMap((example) => ['x', 'X'].map((filler) => blanked(example, filler)))

const blanked = (example: string, filler: string): string =>
  example.replace(/<<|>>/g, '').replace(/\{\{\w+(?::(\d+))?\}\}/g, (_, count = '24') => filler.repeat(Number(count)))
