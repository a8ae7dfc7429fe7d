import { describe, expect, it } from 'vitest'
import { FieldPaths } from '../../src/detect/field-paths.js'
import { classifyFieldName } from '../../src/detect/fields.js'
import { isPlaceholder } from '../../src/detect/placeholder.js'
import { ConfigError } from '../../src/errors.js'

const words = (text: string) => text.trim().split(/\s+/)

describe('field names', () => {
  it.each(
    words(`api_key apikey apiKey api-key x-api-key OPENAI_API_KEY openaiApiKey access_token accessToken refresh_token
      id_token auth_token bearer bearerToken client_secret clientSecret secret_key secretKey secret password passwd pwd
      db_password DB_PASS user_password newPassword passphrase authorization Authorization proxy-authorization
      Proxy-Authorization private_key privateKey cookie Cookie set-cookie Set-Cookie session_token credentials
      connection_string connectionString signing_secret webhook_secret encryption_key token githubToken GITHUB_TOKEN
      x-auth-token aws_secret_access_key SecretAccessKey aws_session_token account_key subscription_key API_KEY_PROD
      password2 confirm_password current_password _authToken passwords api_keys secrets hf_token mnemonic seed_phrase`),
  )('%s means a credential', (name) => expect(classifyFieldName(name)).toBe('secret'))

  it.each(
    words(`token_count tokenCount max_tokens maxTokens tokens prompt_tokens total_tokens token_type tokenType
      token_usage secret_name secretName secret_id password_hash password_policy key keys public_key publicKey cache_key
      primary_key next_page_token nextPageToken next_token page_token continuation_token cursor token_id tokenizer
      has_password hasPassword is_secret isSecret cookie_consent cookieConsent token_url tool_call_id tool_call_ids
      id thread_id checkpoint_id content messages name author keyboard monkey foreign_key sort_key partition_key
      publishable_key show_password reset_password pad_token eos_token password_length secretary passport bypass`),
  )('%s does not', (name) => expect(classifyFieldName(name)).toBeUndefined())
})

describe('placeholders', () => {
  it.each([
    '',
    '  ',
    'null',
    'true',
    'changeme',
    'xxxxxxxx',
    '********',
    '<token>',
    '<your api key>',
    `${'$'}{API_KEY}`,
    '$API_KEY',
    '{{ api_key }}',
    'process.env.API_KEY',
    'os.environ["KEY"]',
    'your-api-key-here',
    'YOUR_API_KEY',
    '[redacted]',
    'string',
    'SecretStr',
    'claim://vault/v1/k1/abcdefgh.ijklmnop',
    'op://vault/item/field',
    'sk-xxxxxxxxxxxxxxxx',
  ])('%s is one', (value) => expect(isPlaceholder(value)).toBe(true))

  it.each(['hunter2', 'swordfish', 'p4ss!word', 'Zm9vYmFy9', 'correct horse battery staple'])('%s is not', (value) =>
    expect(isPlaceholder(value)).toBe(false),
  )
})

describe('application field paths', () => {
  const paths = new FieldPaths(['auth.token', 'users.*.apiKey'])

  it('match at the end of a path, so that they hold in __start__, Send arguments and subgraphs', () => {
    expect(paths.matches(['auth', 'token'])).toBe(true)
    expect(paths.matches(['__start__', 'auth', 'token'])).toBe(true)
    expect(paths.matches(['a', 'users', 3, 'apiKey'])).toBe(true)
  })

  it('match nothing else', () => {
    for (const path of [['token'], ['auth', 'x', 'token'], ['users', 'apiKey'], ['auth', 'token', 'x'], []]) {
      expect(paths.matches(path)).toBe(false)
    }
    expect(new FieldPaths([]).isEmpty).toBe(true)
    expect(new FieldPaths([]).matches(['auth', 'token'])).toBe(false)
  })

  it.each(['', '.', 'a..b', 'a.', '*', '*.*', 'a b', 'a[0]', 'a.b*'])('refuse %j', (path) => {
    expect(() => new FieldPaths([path])).toThrow(ConfigError)
  })
})
