import { fillTemplate } from '../../../src/testing/templates.js'
import type { LookAlikes } from './make.js'

/** Source and configuration that handle credentials, by language. `{{…}}` is filled. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  TypeScript: [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to hold it
    'const token = await getToken(); const apiKey = config.apiKey; headers.authorization = `Bearer ${token}`',
    'if (!password || password.length < 8) throw new Error("password: too short"); const { secret } = options',
    'export interface Credentials { password: string; apiKey?: string; accessToken: string | undefined }',
    "const apiKey = process.env.OPENAI_API_KEY ?? ''; const secret = z.string().min(1); type Password = string",
    "it('refuses a wrong password', async () => { await expect(login({ password: 'wrong' })).rejects.toThrow() })",
    'private readonly token: CancellationToken = source.token; const secretKey = await crypto.subtle.generateKey(algorithm)',
    "const passwordHash = await bcrypt.hash(password, 12); session.cookie.secure = true; const key = 'user.settings.theme'",
  ],
  Python: [
    'password: str = Field(..., description="The user password"); api_key=os.environ["OPENAI_API_KEY"]',
    'def login(user, password=None, token: str | None = None, secret=""): return client.auth(token=token)',
    'parser.add_argument("--token", type=str, default=None, help="API token (or set ACME_TOKEN)")',
    'token = tokenizer.encode(text)[0]; key = hashlib.sha256(data).hexdigest(); secret = getpass.getpass("Secret: ")',
    'client = OpenAI(api_key=settings.openai_api_key.get_secret_value()); password = keyring.get_password("a", "b")',
  ],
  Go: [
    'token := os.Getenv("GITHUB_TOKEN"); req.Header.Set("Authorization", "Bearer "+token)',
    'type Config struct { Password string `json:"password,omitempty" yaml:"password" env:"DB_PASSWORD,required"` }',
    'if err := bcrypt.CompareHashAndPassword(hash, []byte(password)); err != nil { return nil, ErrInvalidToken }',
  ],
  Java: [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to hold it
    'String password = System.getenv("DB_PASSWORD"); @Value("${api.key}") private String apiKey;',
    'private static final String PASSWORD_PARAM = "password"; Token token = tokenStream.nextToken();',
    'UsernamePasswordAuthenticationToken authentication = new UsernamePasswordAuthenticationToken(user, password);',
  ],
  Ruby: [
    "password = ENV.fetch('DB_PASSWORD'); has_secure_password; token: SecureRandom.hex(20), api_key: Rails.application.credentials.api_key",
    'validates :password, presence: true, length: { minimum: 8 }; before_action :authenticate_token!',
  ],
  PHP: [
    "$password = $_POST['password']; $token = csrf_token(); define('DB_PASSWORD', getenv('DB_PASSWORD'));",
    "'key' => env('APP_KEY'), 'secret' => env('AWS_SECRET_ACCESS_KEY'), 'password' => Hash::make($request->password),",
  ],
  'C#': [
    'var token = cancellationToken; public string Password { get; set; } = string.Empty; _configuration["ApiKey"]',
  ],
  Rust: [
    'let token: SecretString = env::var("API_TOKEN")?.into(); struct Login { password: String, api_key: Option<String> }',
  ],
  shell: [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to hold it
    'export TOKEN=$(gh auth token); PASSWORD="${PASSWORD:?}"; curl -H "Authorization: Bearer $TOKEN" "$URL"',
    'read -rsp "Password: " PASSWORD; docker login -u "$USER" --password-stdin <<<"$PASSWORD"; unset TOKEN',
    'mysql -u root -p"$MYSQL_ROOT_PASSWORD" app; PGPASSWORD=$DB_PASSWORD psql -h db -U app; ssh-keygen -t ed25519 -f key',
  ],
  Terraform: [
    'password = var.db_password; token = data.vault_generic_secret.api.data["token"]; secret_key = random_password.k.result',
    'variable "api_key" { type = string sensitive = true description = "API key of the provider" }',
  ],
  YAML: [
    'env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: db-{{lower36:5}}\n        key: password\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to hold it
    'with:\n  token: ${{ secrets.GITHUB_TOKEN }}\n  api-key: ${{ secrets.API_KEY }}\n  password: ${{ inputs.password }}\n',
    'imagePullSecrets:\n  - name: regcred\ntls:\n  secretName: tls-{{lower36:8}}\nserviceAccountToken: {path: token}\n',
    'password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  {{hex:80}}\n',
  ],
  SQL: [
    "SELECT token_count, password_hash IS NOT NULL FROM users WHERE api_key_id = '{{uuid}}'",
    'CREATE USER app WITH PASSWORD NULL; ALTER TABLE sessions ADD COLUMN token text NOT NULL; GRANT SELECT ON secrets TO app;',
  ],
  HTML: [
    '<label for="password">Password</label><input id="password" type="password" name="password" autocomplete="current-password">',
    '<meta name="csrf-param" content="authenticity_token"><input name="api_key" placeholder="Your API key" value="">',
  ],
  CSS: [
    'a{color:#fff;margin:0 auto}.sk-chase-dot,.sk-cube-grid,.btn-secret:hover{background:url(data:image/png;base64,AAAA)}',
    '.button_{{base62:5}}__{{base62:8}} .css-{{lower36:7}}-sk-label ._token_{{base62:5}}_1{--key:0}',
    '.sk-circle-fade-dot-12,.sk-folding-cube-animation-delay-3s,.pk-live-preview-container-wide-{{digits:2}}{top:0}',
  ],
  'minified code': [
    '!function(e,t){"object"==typeof exports?module.exports=t():e.token=t()}(this,function(){var key="a",secret=key})',
    'var e={token:t.token,password:n.password||"",apiKey:r(i.apiKey)};o.headers.Authorization="Bearer "+e.token',
  ],
  'regular expressions': [
    'const KEY = /^sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}$/; const PAT = /ghp_[0-9a-zA-Z]{36}/g; password: /^(?=.*\\d).{8,}$/',
    'pattern: "^(AKIA|ASIA)[A-Z0-9]{16}$" # token: ^xox[baprs]-[0-9a-zA-Z-]+$, secret: [A-Fa-f0-9]{64}',
  ],
  'OpenAPI and JSON schema': [
    '{"type":"object","properties":{"password":{"type":"string"},"api_key":{"type":"string","description":"Your API key"}}}',
    '{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-API-Key"},"bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT"}}}',
    '{"properties":{"token":{"type":"string","pattern":"^[a-f0-9]{40}$","minLength":40},"secret":{"$ref":"#/components/schemas/Secret{{digits:2}}"}}}',
  ],
  'API answers': [
    '{"max_tokens":4096,"token_count":812,"next_page_token":"CAUQAA8x7Zk2","token_type":"Bearer","public_key":"MFkwEwYHKo"}',
    '{"usage":{"prompt_tokens":12,"completion_tokens":40,"total_tokens":52},"finish_reason":"stop","has_password":true}',
    '{"secret_id":"{{uuid}}","token_id":"{{uuid}}","key_id":"{{hex:16}}","api_key_id":"{{uuid}}","session_id":"{{uuid}}"}',
    '{"error":{"message":"Incorrect API key provided: sk-proj-****************************abcd.","code":"invalid_api_key"}}',
    '{"password_last_changed":"2026-01-01T00:00:00Z","token_expires_in":3600,"secret_version":"v{{digits:2}}","key":"name"}',
    '{"primary_key":"order_id","foreign_key":"customers.id","sort_key":"created_at#{{digits:6}}","partition_key":"tenant#{{digits:4}}"}',
  ],
  'locale files': [
    '{"login.password":"Passwort","login.forgotPassword":"Passwort vergessen?","settings.apiKey":"API-Schlüssel","token.expired":"Token abgelaufen"}',
    '"password_placeholder" = "Enter your password"; "secret_question" = "What was the name of your first pet?";',
    'msgid "Password:"\nmsgstr "Mot de passe :"\n\nmsgid "Secret key"\nmsgstr "Clé secrète"\n',
  ],
  'URLs without a secret': [
    'postgres://localhost:5432/app https://user@example.com/a mongodb://db.internal:27017,db2:27017/?replicaSet=rs0',
    'https://example.com/a/{{uuid}}/b/{{base62:22}}?v={{hex:32}}&utm_source=x#{{hex:12}}',
    'https://cdn.example.com/{{hex:20}}/app.{{hex:8}}.js https://example.com/password/reset https://example.com/oauth/token',
    'https://example.com:8443/a@b http://[::1]:3000/ ws://localhost:9229/{{uuid}} git@github.com:acme/app.git',
  ],
  logs: [
    '2026-01-01T10:00:00Z INFO auth ok user=42 token=[redacted] session={{uuid}} password=******** took=12ms',
    'level=info msg="token refreshed" expires_in=3600 key=orders:{{digits:6}} cache_key=user:{{digits:6}}:profile',
    'WARN  password for user app is about to expire; secret "db-credentials" not found in namespace "prod-{{digits:2}}"',
    'npm notice === Tarball Details === shasum: {{hex:40}} integrity: sha512-{{base64:13}}[...]{{base64:14}}==',
  ],
  fixtures: [
    '{"username":"test","password":"password","token":"token","api_key":"test","secret":"secret"}',
    'password: "changeme", token: "dummy-token-for-tests", api_key: "fake-api-key", secret: "example-secret"',
    'claim://vault-1/v1/k3/{{base64url:22}}.{{base64url:22}} api_key=claim://vault-1/v1/k3/{{base64url:22}}.{{base64url:22}}',
  ],
}

const fromList = (texts: readonly string[]) => (random: () => number) =>
  fillTemplate(texts[Math.floor(random() * texts.length)]!.replaceAll('${{ ', '\u0001'), random).replaceAll(
    '\u0001',
    '${{ ',
  )

export const code: LookAlikes = Object.fromEntries(
  Object.entries(SOURCES).map(([language, texts]) => [`${language} that handles credentials`, fromList(texts)]),
)

export const SNIPPETS: readonly string[] = Object.values(SOURCES)
  .flat()
  .filter((text) => !text.includes('{{'))
