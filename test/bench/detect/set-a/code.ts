import type { Make } from '../dice.js'

const typescript: Make = (dice) =>
  [
    `import { Client } from '@acme/client-${dice.whole(1, 9)}'`,
    'export async function connect(options: { apiKey?: string; password: string | undefined }) {',
    '  const apiKey = options.apiKey ?? process.env.ACME_API_KEY',
    "  if (!apiKey) throw new Error('apiKey is required: set ACME_API_KEY')",
    `  const token = await getToken(apiKey, { retries: ${dice.whole(1, 9)} })`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to hold it
    '  return new Client({ headers: { Authorization: `Bearer ${token}` } })',
    '}',
  ].join('\n')

const python: Make = (dice) =>
  [
    'import os',
    `def connect(user: str, password: str | None = None, timeout=${dice.whole(1, 60)}):`,
    '    """Opens a session. The token is read from the environment."""',
    '    api_key = os.environ["ACME_API_KEY"]',
    '    secret = get_secret(name="acme/prod")',
    '    return Session(user, password=password, token=secret["token"], api_key=api_key)',
    `assert hashlib.sha256(data).hexdigest() == "${dice.hex(64)}"`,
  ].join('\n')

const shell: Make = (dice) =>
  [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to hold it
    'export API_TOKEN="${API_TOKEN:?missing}"',
    'PASSWORD=$(pass show acme/db)',
    `curl -fsS -H "Authorization: Bearer $API_TOKEN" https://api.example.com/v1/jobs/${dice.hex(12)} | jq -r '.id'`,
    `docker pull ghcr.io/acme/app@sha256:${dice.hex(64)}`,
  ].join('\n')

const sql: Make = (dice) =>
  [
    'CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL, password_hash text, api_key_id uuid);',
    `SELECT id, token_count FROM runs WHERE thread_id = '${dice.fill('{{uuid}}')}' AND secret IS NULL LIMIT ${dice.whole(1, 99)};`,
    'ALTER ROLE app SET password_encryption = scram;',
  ].join('\n')

export const diff: Make = (dice) =>
  [
    `diff --git a/src/auth.ts b/src/auth.ts`,
    `index ${dice.hex(7)}..${dice.hex(7)} 100644`,
    '--- a/src/auth.ts',
    '+++ b/src/auth.ts',
    `@@ -${dice.whole(1, 80)},7 +${dice.whole(1, 80)},9 @@ export function login(password: string) {`,
    '-  const token = sign({ sub: user.id })',
    '+  const token = sign({ sub: user.id, aud: config.audience }, keys.current)',
    '   return { token, expiresIn: 3600 }',
  ].join('\n')

export const code: Make = (dice) => dice.pick([typescript, python, shell, sql])(dice)
