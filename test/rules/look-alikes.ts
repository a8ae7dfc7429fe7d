import { createHash } from 'node:crypto'
import { fillTemplate, type Random } from '../../src/testing/templates.js'

/** Text that speaks of credentials and holds none. */
const PROSE = [
  'The password is strong enough, and the token budget is 4,000 tokens. Ask the secretary for the key to the office.',
  'Das Passwort wurde geändert. Bitte melden Sie sich mit Ihrem Benutzernamen und dem neuen Kennwort an.',
  'Le mot de passe est obligatoire : saisissez au moins 12 caractères, puis validez avec la clé.',
  'パスワードを入力してください。トークンの有効期限は1時間です。',
  '密码不能为空。令牌已过期，请重新登录。',
  'Пароль должен содержать не менее 8 символов; ключ доступа хранится отдельно.',
  'كلمة المرور مطلوبة. الرمز المميز منتهي الصلاحية.',
  'Set the password: required. Token: see the docs. API key: none needed. Secret: ask an admin.',
  'Authorization: Bearer tokens are required for this endpoint. Basic authentication is deprecated.',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to hold it
  'const token = await getToken(); const apiKey = config.apiKey; headers.authorization = `Bearer ${token}`',
  'if (!password || password.length < 8) throw new Error("password: too short"); const { secret } = options',
  'password: str = Field(..., description="The user password"); api_key=os.environ["OPENAI_API_KEY"]',
  'def login(user, password=None, token: str | None = None, secret=""): return client.auth(token=token)',
  'export interface Credentials { password: string; apiKey?: string; accessToken: string | undefined }',
  '{"type":"object","properties":{"password":{"type":"string"},"api_key":{"type":"string","description":"Your API key"}}}',
  '{"max_tokens":4096,"token_count":812,"next_page_token":"CAUQAA8x7Zk2","token_type":"Bearer","public_key":"MFkwEwYHKo"}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to hold it
  'OPENAI_API_KEY=your-api-key-here\nDB_PASSWORD=changeme\nTOKEN=${TOKEN}\nSECRET=<your secret>\nAPI_KEY=xxxxxxxxxxxxxxxx',
  'password: "********", token: "[redacted]", secret: "string", api_key: "process.env.API_KEY", cookie: "<cookie>"',
  '{"usage":{"prompt_tokens":12,"completion_tokens":40,"total_tokens":52},"finish_reason":"stop","has_password":true}',
  'arn:aws:iam::123456789012:role/service-role/MyRole arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf',
  'postgres://localhost:5432/app https://user@example.com/a mongodb://db.internal:27017,db2:27017/?replicaSet=rs0',
  'a{color:#fff;margin:0 auto}.sk-chase-dot,.sk-cube-grid,.btn-secret:hover{background:url(data:image/png;base64,AAAA)}',
  '!function(e,t){"object"==typeof exports?module.exports=t():e.token=t()}(this,function(){var key="a",secret=key})',
  'claim://vault-1/v1/k3/Zm9vYmFyYmF6cXV4Zm9v.c2lnbmF0dXJlLXRhZy0xMjM api_key=claim://vault-1/v1/k3/Zm9vYmFyYmF6cXV4Zm9v.c2ln',
]

const hash = (algorithm: string, random: Random, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(String(random())).digest(encoding)

const uuid = (version: number) => (random: Random) =>
  fillTemplate('{{hex:8}}-{{hex:4}}-', random) + version + fillTemplate('{{hex:3}}-a{{hex:3}}-{{hex:12}}', random)

const bytes = (count: number, random: Random) =>
  Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)))

/** What agent state is full of and no scanner may touch, by kind. */
export const LOOK_ALIKES: Readonly<Record<string, (random: Random) => string>> = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((version) => [`UUID ${version}`, uuid(version)])),
  ULID: (random) => `01${fillTemplate('{{upper36:24}}', random)}`,
  nanoid: (random) => fillTemplate('{{base64url:21}}', random),
  'tool call id': (random) => fillTemplate('call_{{base62:24}}', random),
  'Anthropic tool use id': (random) => fillTemplate('toolu_01{{base62:22}}', random),
  'Anthropic message id': (random) => fillTemplate('msg_01{{base62:22}}', random),
  'completion id': (random) => fillTemplate('chatcmpl-{{base62:29}}', random),
  'response id': (random) => fillTemplate('resp_{{hex:48}}', random),
  'run id': (random) => fillTemplate('run-{{uuid}}', random),
  'message run id': (random) => fillTemplate('lc_run--{{uuid}}', random),
  'file id': (random) => fillTemplate('file-{{base62:22}}', random),
  'assistant ids': (random) => fillTemplate('thread_{{base62:24}} asst_{{base62:24}} vs_{{hex:32}}', random),
  'checkpoint config': (random) =>
    fillTemplate('{"thread_id":"{{uuid}}","checkpoint_ns":"a:{{uuid}}","checkpoint_id":"{{uuid}}"}', random),
  'channel version': (random) => fillTemplate('00000000000000000000000000000012.0.{{digits:16}}', random),
  MD5: (random) => hash('md5', random, 'hex'),
  'git SHA': (random) => hash('sha1', random, 'hex'),
  'SHA-256': (random) => hash('sha256', random, 'hex'),
  'SHA-512': (random) => hash('sha512', random, 'hex'),
  ETag: (random) => `"${hash('md5', random, 'hex')}-12"`,
  'trace parent': (random) => fillTemplate('00-{{hex:32}}-{{hex:16}}-01', random),
  'lockfile integrity': (random) => `"integrity": "sha512-${hash('sha512', random, 'base64')}"`,
  'container image': (random) => `ghcr.io/a/b@sha256:${hash('sha256', random, 'hex')}`,
  'public key': (random) => fillTemplate('{{pem:PUBLIC KEY}}', random),
  certificate: (random) => fillTemplate('{{pem:CERTIFICATE}}', random),
  'SSH public key': (random) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${bytes(32, random).toString('base64')} me@host`,
  'SSH fingerprint': (random) => `SHA256:${hash('sha256', random, 'base64').slice(0, 43)}`,
  'publishable keys': (random) =>
    fillTemplate('pk_live_{{base62:24}} phc_{{base62:43}} sb_publishable_{{base62:30}}', random),
  'Stripe ids': (random) =>
    fillTemplate('cus_{{base62:14}} pi_{{base62:24}} price_{{base62:24}} acct_{{base62:16}}', random),
  'Twilio account': (random) => fillTemplate('AC{{hex:32}}', random),
  'wallet addresses': (random) => fillTemplate('0x{{hex:40}} bc1q{{lower36:38}}', random),
  'transaction hash': (random) => fillTemplate('0x{{hex:64}}', random),
  'base64 image': (random) => `data:image/png;base64,iVBORw0KGgo${bytes(2000, random).toString('base64')}`,
  'bare base64 image': (random) => bytes(3000, random).toString('base64'),
  'thinking signature': (random) => `ErUB${bytes(240, random).toString('base64')}`,
  'reasoning blob': (random) => `gAAAAAB${bytes(300, random).toString('base64url')}`,
  embedding: (random) => JSON.stringify(Array.from({ length: 64 }, () => random() * 2 - 1)),
  'quantized embedding': (random) => JSON.stringify([...bytes(128, random)]),
  'raw bytes': (random) => JSON.stringify({ type: 'Buffer', data: [...bytes(64, random)] }),
  'OAuth client id': (random) => fillTemplate('{{digits:12}}-{{lower36:32}}.apps.googleusercontent.com', random),
  'page token': (random) => fillTemplate('{"nextPageToken":"{{base64url:40}}","cursor":"{{base64url:32}}"}', random),
  'id fields': (random) => fillTemplate('{"secret_id":"{{uuid}}","token_id":"{{uuid}}","key_id":"{{hex:16}}"}', random),
  'ids in a URL': (random) =>
    fillTemplate('https://example.com/a/{{uuid}}/b/{{base62:22}}?v={{hex:32}}#{{hex:12}}', random),
  'S3 object path': (random) => fillTemplate('s3://bucket/{{base62:20}}/{{hex:40}}/part-{{digits:5}}.parquet', random),
  'CSS module': (random) => fillTemplate('.button_{{base62:5}}__{{base62:8}} .css-{{lower36:7}}-sk-label', random),
  timestamp: (random) => new Date(1_700_000_000_000 + random() * 1e11).toISOString(),
  'YouTube and Drive ids': (random) => fillTemplate('https://youtu.be/{{base64url:11}} 1{{base64url:43}}', random),
  prose: (random) => PROSE[Math.floor(random() * PROSE.length)]!,
}

/** Every text in `PROSE` at least once. */
export const PROSE_LOOK_ALIKES: readonly string[] = PROSE
