import { describe, expect, it } from 'vitest'
import { credentialSpan } from '../../src/detect/credential.js'
import { fieldClass } from '../../src/detect/fields.js'
import { isPlaceholderToken, looksRandom } from '../../src/detect/placeholder.js'
import { fillExample, fillTemplate, type Random, seededRandom } from '../../src/testing/templates.js'

const random = seededRandom(20)
const words = (text: string): string[] => text.trim().split(/\s+/)
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What a state's field of this name and value holds, or undefined. */
function foundIn(name: string, value: string): string | undefined {
  const kind = fieldClass(name)
  const span = kind === undefined ? undefined : credentialSpan(kind, value, 'field')
  return span === undefined ? undefined : value.slice(span.start, span.end)
}

/** @param rows of a name and a value template, in which `<<` and `>>` mark the credential if it is not all of it. */
function finds(rows: readonly (readonly [string, string])[]): void {
  it.each(rows)('%s: %s', (name, template) => {
    const { text, secret } = fillExample(template, random)
    expect(foundIn(name, text), text).toBe(secret)
  })
}

function ignores(rows: readonly (readonly [string, string])[]): void {
  it.each(rows)('%s: %s', (name, template) => {
    const value = fillTemplate(template, random)
    expect(foundIn(name, value), value).toBeUndefined()
  })
}

const under = (names: readonly string[], ...values: string[]): [string, string][] =>
  names.flatMap((name) => values.map((value): [string, string] => [name, value]))

describe('a key or a token of a service is found under the name that its documentation gives it', () => {
  finds(
    under(
      words(`OPENAI_API_KEY ANTHROPIC_API_KEY AZURE_OPENAI_API_KEY GOOGLE_API_KEY GEMINI_API_KEY COHERE_API_KEY MISTRAL_API_KEY
      HF_TOKEN HUGGINGFACEHUB_API_TOKEN REPLICATE_API_TOKEN TAVILY_API_KEY PINECONE_API_KEY LANGSMITH_API_KEY
      LANGCHAIN_API_KEY LANGFUSE_SECRET_KEY WANDB_API_KEY SERPER_API_KEY FIRECRAWL_API_KEY
      AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AZURE_CLIENT_SECRET AZURE_STORAGE_KEY AZURE_STORAGE_ACCOUNT_KEY
      CLOUDFLARE_API_TOKEN CF_API_KEY DIGITALOCEAN_TOKEN HEROKU_API_KEY NETLIFY_AUTH_TOKEN VERCEL_TOKEN FLY_API_TOKEN
      SUPABASE_SERVICE_ROLE_KEY SUPABASE_JWT_SECRET FIREBASE_TOKEN UPSTASH_REDIS_REST_TOKEN ALGOLIA_ADMIN_KEY
      STRIPE_SECRET_KEY STRIPE_WEBHOOK_SECRET PAYPAL_CLIENT_SECRET PLAID_SECRET SQUARE_ACCESS_TOKEN SHOPIFY_API_SECRET
      TWILIO_AUTH_TOKEN SENDGRID_API_KEY MAILGUN_API_KEY POSTMARK_SERVER_TOKEN MAILCHIMP_API_KEY RESEND_API_KEY
      SLACK_BOT_TOKEN SLACK_SIGNING_SECRET DISCORD_TOKEN TELEGRAM_BOT_TOKEN ZENDESK_API_TOKEN INTERCOM_ACCESS_TOKEN
      HUBSPOT_ACCESS_TOKEN SALESFORCE_CLIENT_SECRET NOTION_TOKEN AIRTABLE_API_KEY LINEAR_API_KEY JIRA_API_TOKEN
      GITHUB_TOKEN GH_TOKEN GITLAB_TOKEN BITBUCKET_APP_PASSWORD NPM_TOKEN PYPI_TOKEN DOCKER_PASSWORD CIRCLECI_TOKEN
      SENTRY_AUTH_TOKEN DD_API_KEY DD_APP_KEY NEW_RELIC_LICENSE_KEY GRAFANA_API_KEY HONEYCOMB_API_KEY PAGERDUTY_API_KEY
      AUTH0_CLIENT_SECRET OKTA_API_TOKEN CLERK_SECRET_KEY NEXTAUTH_SECRET DJANGO_SECRET_KEY SECRET_KEY_BASE APP_SECRET
      JWT_SECRET_KEY SESSION_SECRET COOKIE_SECRET ENCRYPTION_KEY VAULT_TOKEN CONSUL_HTTP_TOKEN TF_TOKEN_app_terraform_io
      TWITTER_CONSUMER_SECRET LINKEDIN_CLIENT_SECRET DROPBOX_ACCESS_TOKEN MAPBOX_ACCESS_TOKEN OPENWEATHER_API_KEY
      KAFKA_SASL_PASSWORD RABBITMQ_DEFAULT_PASS MYSQL_ROOT_PASSWORD POSTGRES_PASSWORD PGPASSWORD REDIS_PASSWORD
      MINIO_ROOT_PASSWORD SMTP_PASS EMAIL_HOST_PASSWORD LDAP_BIND_PASSWORD ELASTIC_PASSWORD NEO4J_PASSWORD
      MYSERVICE_KEY BACKEND_PROD_API_KEY`).filter((name) => !name.startsWith('TF_TOKEN')),
      '{{base62:32}}',
    ),
  )
})

describe('a key or a token is found however its name is written, whatever its alphabet', () => {
  finds([
    ...under(
      words(`api_key apiKey ApiKey api-key APIKEY api.key apikey x-api-key X-Api-Key x-goog-api-key x-rapidapi-key
      Ocp-Apim-Subscription-Key x-functions-key x-auth-token X-Vault-Token Private-Token PRIVATE-TOKEN x-amz-security-token
      x-shopify-access-token AccountKey SharedAccessKey accountKey sharedAccessKey primaryApiKey api_key_2 apiKeyProd
      consumer_secret consumerSecret signing_secret webhook_secret webhookSecret hmac_key hmacSecret client_secret
      clientSecret ClientSecret CLIENT_SECRET oauth.client.secret app_secret appSecret api_secret access_token accessToken
      refresh_token refreshToken id_token idToken authToken auth_token _authToken session_token sessionToken bearer_token
      bearerToken personal_access_token bot_token csrf_token reset_token invite_token deploy_token secret_key secretKey
      SecretAccessKey secret_access_key private_key privateKey encryption_key masterKey service_account_key access_key
      storage_key ssh_key license_key GITHUB_PAT appsecret encryptionkey PHPSESSID connect.sid secret secretString secret_value token jwt credentials client_key_data`),
      '{{base62:40}}',
    ),
    ...under(
      words('api_key client_secret access_token token secret'),
      '{{hex:32}}',
      '{{hex:64}}',
      '{{uuid}}',
      '{{lower36:20}}',
      '{{upper32:24}}',
      '{{base64:43}}=',
      '{{base64url:86}}',
      '{{base62:8}}.{{base62:24}}',
      'svc_{{base62:24}}',
      '  <<{{base62:24}}>>  ',
    ),
  ])
})

describe('a password is found short, long, numeric, with spaces, signs and letters of any script', () => {
  finds([
    ...under(
      words(`password Password PASSWORD passwd pwd db_password dbPassword DB_PASS userPassword user-password smtp_pass
      spring.datasource.password currentPassword new_password confirmPassword password1 admin_pw passphrase sshPassphrase
      keystore_password contraseña contrasena CONTRASENA Passwort passwort Kennwort motDePasse mot_de_passe mdp senha
      wachtwoord hasło heslo parola пароль 密码 パスワード 비밀번호 basicAuthPassword
      password_confirmation repeatPassword`),
      '{{base62:12}}',
    ),
    ...under(
      ['password', 'db_password'],
      'hunter2',
      'swordfish',
      '83920174',
      'tr0ub4dor&3',
      'S3cret-9',
      'p@ss/w0rd#1?',
      'blue 7 fox 42',
      'Grüße-aus-Köln-7',
      'пароль2024!',
      '密码是8848!',
      '$3cr3tPass',
      '{{base62:64}}',
      'x9!',
    ).filter(([, value]) => value.length > 3),
    ['smtp_password', 'qzxv bkdw mrfh tnpl'],
    ['pass', '{{base62:12}}'],
  ])
})

describe('of a header, a cookie or a pair only the credential is found', () => {
  finds([
    ['Authorization', 'Bearer <<{{base62:40}}>>'],
    ['authorization', 'bearer  <<{{base62:40}}>>'],
    ['Authorization', 'Token <<{{hex:40}}>>'],
    ['Authorization', 'ApiKey <<{{base62:40}}>>'],
    ['Authorization', 'Api-Key <<{{base62:40}}>>'],
    ['Authorization', 'Bot <<{{base62:24}}.{{base62:6}}.{{base62:27}}>>'],
    ['Authorization', 'SSWS <<{{base62:42}}>>'],
    ['Authorization', 'GenieKey <<{{uuid}}>>'],
    ['Authorization', 'Zoho-oauthtoken <<1000.{{hex:32}}.{{hex:32}}>>'],
    ['Authorization', 'AccessKey <<{{base62:25}}>>'],
    ['Authorization', 'sso-key <<{{base62:12}}:{{base62:22}}>>'],
    ['Authorization', 'Basic <<{{basic}}>>'],
    ['Authorization', '<<{{base62:40}}>>'],
    ['proxy-authorization', 'Basic <<{{basic}}>>'],
    ['x-api-key', 'Bearer <<{{base62:40}}>>'],
    ['auth_header', 'Bearer <<{{base62:40}}>>'],
    ['Cookie', 'theme=dark; sessionid=<<{{lower36:32}}>>; lang=en'],
    ['Cookie', 'PHPSESSID=<<{{lower36:26}}>>'],
    ['cookie', '_ga=GA1.2.123456789.1700000000; connect.sid=<<s%3A{{base62:32}}.{{base62:43}}>>'],
    ['Cookie', '__Secure-next-auth.session-token=<<{{jwt}}>>'],
    ['Set-Cookie', 'JSESSIONID=<<{{upper16:32}}>>; Path=/; HttpOnly; Secure'],
    ['set-cookie', 'sid=<<{{base62:32}}>>; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
    ['auth', '<<{{basic}}>>'],
    ['_auth', '<<{{basic}}>>'],
    ['basic_auth', 'service:<<{{base62:16}}>>'],
    ['seed_phrase', '<<{{mnemonic:12}}>>'],
    ['mnemonic', '<<{{mnemonic:24}}>>'],
    ['recoveryPhrase', '<<{{mnemonic:15}}>>'],
    ['wallet_private_key', '<<0x{{hex:64}}>>'],
  ])
})

describe('a field that speaks of credentials and holds none is left alone: its name says what it holds', () => {
  ignores(
    under(
      words(`token_count tokenCount tokens prompt_tokens completion_tokens total_tokens max_tokens maxTokens token_type tokenType
      token_usage token_limit token_id tokenId tokenizer token_url token_endpoint token_uri token_expires token_expires_at
      token_expiry token_length next_token nextToken next_page_token nextPageToken page_token continuation_token
      pagination_token sync_token resume_token cancellation_token first_token last_token stop_token eos_token pad_token
      input_token output_token design_token cursor after before etag checksum hash digest signature
      key keys public_key publicKey publishable_key publishableKey anon_key cache_key cacheKey partition_key sort_key
      primary_key foreign_key object_key s3_key row_key hash_key range_key lookup_key idempotency_key dedupe_key
      routing_key message_key translation_key i18n_key group_key issue_key key_id keyId key_name keyName access_key_id
      api_key_id kms_key_id key_vault_name secret_name secretName secret_arn secretArn secret_id secretId secretKeyRef
      secret_ref secret_path secret_version secrets_manager password_hash passwordHash hashed_password encrypted_password
      password_policy passwordPolicy password_length min_password password_expires_at passwordUpdatedAt password_url
      password_file passwordFile password_reset_url password_hint has_password hasPassword require_password show_password
      reset_password is_secret isSecret credential_type credentials_path credentials_file auth_url auth_type auth_method
      auth_provider authorization_endpoint authorization_url oauth_scope session_id sessionId thread_id run_id
      checkpoint_id message_id tool_call_id user_id client_id clientId tenant_id account_id cookie_consent cookiePolicy
      cookie_name cookie_domain pin otp cvv pincode secretary keyboard monkey passport bypass compass encompass donkey
      author authority authenticated tokenization passenger privatekey_path api_key_url`),
      '{{base62:32}}',
    ),
  )
})

describe('a value that is no credential is left alone under any name', () => {
  const NAMES = ['api_key', 'password', 'access_token', 'token', 'client_secret']
  const each = (values: readonly string[]): [string, string][] =>
    values.map((value, i): [string, string] => [NAMES[i % NAMES.length]!, value])

  describe('placeholders in any style', () => {
    ignores(
      each(
        lines(`your-api-key-here
        YOUR_API_KEY
        yourApiKey
        your_password_here
        <YOUR_KEY>
        <your token>
        <api-key>
        [YOUR API KEY]
        [REDACTED]
        [FILTERED]
        <redacted>
        REDACTED
        ***
        ********
        ••••••••
        ●●●●●●●●
        xxxx
        xxxxxxxxxxxxxxxxxxxx
        XXXX-XXXX-XXXX-XXXX
        sk-xxxxxxxxxxxxxxxxxxxxxxxx
        sk-...
        sk-proj-...
        sk-proj-aaaaaaaaaaaaaaaaaaaaaaaa
        ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
        abcd...wxyz
        sk-abc…
        example
        example-key
        my-example-secret
        AKIAIOSFODNN7EXAMPLE
        changeme
        change-me
        ChangeMe!
        replace_me
        replace-with-your-key
        insert-your-token-here
        enter your password
        paste_token_here
        TODO
        TBD
        none
        null
        undefined
        N/A
        not-set
        not configured
        to-be-filled
        dummy
        dummy-key
        fake_token
        test
        foobar
        mysecret
        my-secret
        my_password
        secretpassword
        db-password
        password
        Password
        PASSWORD
        passwordInput
        hunter_password_field
        12345
        123456
        12345678
        1234567890
        1234567890abcdef
        0123456789abcdef0123456789abcdef
        abcdefghijklmnopqrstuvwxyz
        a1b2c3d4e5f6g7h8i9j0
        aaaaaaaaaaaaaaaa
        00000000-0000-0000-0000-000000000000
        qwertyuiop123456
        abc123abc123abc123abc123
        `).filter((value) => value !== 'hunter_password_field' && value !== 'enter your password'),
      ),
    )
  })

  describe('templates and references to where the secret is kept', () => {
    ignores(
      each(
        lines(`${'$'}{API_KEY}
        ${'$'}{env:API_KEY}
        ${'$'}{{ secrets.API_KEY }}
        prefix-${'$'}{TOKEN}
        $API_KEY
        $token
        $(cat /run/secrets/key)
        {{ api_key }}
        {{.Values.token}}
        {{ .Values.token }}
        {% raw %}{{ token }}{% endraw %}
        <%= ENV["TOKEN"] %>
        %(password)s
        %API_KEY%
        {password}
        {api_key}
        #{token}
        @password@
        __TOKEN__
        process.env.API_KEY
        process.env["API_KEY"]
        import.meta.env.VITE_KEY
        os.environ["API_KEY"]
        os.getenv("API_KEY")
        env.API_KEY
        env:API_KEY
        ENV[API_KEY]
        secrets.API_KEY
        var.db_password
        data.vault_generic_secret.db
        OPENAI_API_KEY
        DB_PASSWORD
        vault:secret/data/app#key
        vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM96XJqQ==
        op://vault/item/field
        arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf
        projects/123/secrets/db/versions/latest
        ssm:/prod/db/password
        secretref:db-password
        keyring:service/user
        file:/run/secrets/db
        @Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/a/)
        ENC[AES256_GCM,data:Tr7o=,iv:1=,tag:k=,type:str]
        ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)
        {cipher}8d2c1a0f
        !vault
        !secret db_password
        claim://vault/v1/k1/abcdefgh.ijklmnop
        prod/db/password
        `),
      ),
    )
  })

  describe('plain data', () => {
    ignores([
      ...each(
        lines(`true
        false
        2026-11-22
        2026-11-22T18:00:00Z
        2026-11-22T18:00:00.123+01:00
        1.2.3
        v2.10.0-rc.1
        3600s
        15 minutes
        30d
        P30D
        PT1H30M
        50%
        512MB
        10.0.0.1
        10.0.0.1:8080
        localhost:5432
        db.internal
        api.example.com
        https://example.com/login
        https://example.com/oauth/token?a=b
        postgres://app@db.internal/app
        /etc/ssl/private/server.key
        /run/secrets/db_password
        ~/.ssh/id_rsa
        ./keys/private.pem
        ../secrets.json
        C:\\keys\\private.pem
        %HOME%\\key.txt
        server.pem
        credentials.json
        .env.local
        id_rsa.pub
        image/png
        application/json
        {"type":"string"}
        {"a":1,"b":"c"}
        ["a","b"]
        []
        {}
        0x{{hex:40}}
        `).filter((value) => value !== '.env.local' && value !== 'id_rsa.pub'),
      ),
      ...under(['api_key', 'access_token', 'client_secret'], '42', '1700000000', '3.14', 'me@example.com'),
    ])
  })

  describe('words: types, states, labels, sentences', () => {
    ignores([
      ...each(
        lines(`string
        str
        SecretStr
        required
        optional
        hidden
        disabled
        enabled
        expired
        invalid
        missing
        bearer
        unauthorized
        The password of the user
        Enter your password
        Please enter a valid token.
        must be at least 8 characters
        is required and cannot be empty
        Passwort
        Contraseña
        Mot de passe
        Пароль
        Введите пароль
        パスワード
        パスワードを入力
        密码
        请输入密码
        비밀번호
        كلمة المرور
        รหัสผ่าน
        Wachtwoord vergeten
        `),
      ),
      ...under(
        ['api_key', 'access_token', 'client_secret'],
        'understanding',
        'client_secret_basic',
        'private_key_jwt',
        'authorization-code',
        'same-origin',
        'not authenticated',
        'invalid_request',
        'CamelCaseIdentifier',
        'someVariableName',
        'Authentication failed',
        'トークンが無効です',
        'Токен истёк',
      ),
      ...under(
        ['token'],
        'Hello',
        ' world',
        'Ġthe',
        '▁foo',
        '<|im_start|>',
        'covid19',
        'gpt-4o-mini-2024-07-18',
        'USDC',
      ),
      ...under(['service_key', 'session_key'], 'agent:main:main', 'users/123/avatar', 'chat:42:messages', 'my-service'),
    ])
  })

  describe('public halves, hashes and schemes that carry no credential', () => {
    ignores([
      ...under(
        ['api_key', 'ssh_key', 'private_key', 'password'],
        'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA{{base62:43}} me@host',
        '{{pem:PUBLIC KEY}}',
        '{{pem:CERTIFICATE}}',
      ),
      ['password', '$2b$12$a{{base62:52}}'],
      ['password', '$6$a{{base62:15}}$b{{base62:85}}'],
      ['password', '$argon2id$v=19$m=65536,t=3,p=4$a{{base62:21}}$b{{base62:42}}'],
      ['password', 'pbkdf2_sha256$600000$a{{base62:21}}$b{{base62:42}}='],
      ['authorization', 'Digest username="Mufasa", realm="a@b", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c0", uri="/d"'],
      ['authorization', 'AWS4-HMAC-SHA256 Credential=x/20261122/eu-west-1/s3/aws4_request, Signature={{hex:64}}'],
      ['authorization', 'Bearer'],
      ['authorization', 'Bearer <token>'],
      ['authorization', `Bearer ${'$'}{TOKEN}`],
      ['authorization', 'required'],
      ['Cookie', 'theme=dark; lang=en'],
      ['Cookie', '_ga=GA1.2.{{digits:9}}.{{digits:10}}; _fbp=fb.1.{{digits:13}}.{{digits:10}}'],
      ['Set-Cookie', 'sessionid=deleted; Path=/; Max-Age=0'],
      ['auth', 'required'],
      ['auth', 'oauth2'],
      ['auth', '{{base62:24}}'],
      ['seed_phrase', 'the words that you were shown when you set up your wallet'],
      ['connection_string', 'Server=db;Database=app;Trusted_Connection=True;'],
      ['connection_string', 'postgres://localhost:5432/app'],
    ])
  })
})

describe('a placeholder of a token', () => {
  it.each(
    words(`ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx sk-proj-aaaaaaaaaaaaaaaaaaaaaaaa AKIAIOSFODNN7EXAMPLE
    ghp_1234567890abcdef1234567890abcdef1234 sk-1234567890abcdefghijklmnop sk_live_a1b2c3d4e5f6g7h8i9j0k1l2
    AIzaSyABCDEFGHIJKLMNOPQRSTUVWXYZ1234567 AKIA1234567890ABCDEF npm_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789
    sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789AA xoxb-123456789012-1234567890123-abcdefGHIJKLmnopQRSTuvwx
    ghp_0000000000000000000000000000000000 sk-abcdefabcdefabcdefabcdefabcdefabcdef glpat-your_token_here_1234
    SG.xxxxxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx sk-REPLACE_ME_WITH_YOUR_KEY`),
  )('%s is seen to be one', (token) => expect(isPlaceholderToken(token)).toBe(true))

  const body = (alphabet: string, length: number, from: Random) =>
    Array.from({ length }, () => alphabet[Math.floor(from() * alphabet.length)]).join('')
  const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  const ALPHABETS = { hex: '0123456789abcdef', base62: BASE62, base64url: `${BASE62}-_` }

  it('is never taken for one when it is random: none of 200,000 is dropped', () => {
    const from = seededRandom(41)
    const alphabets = Object.values(ALPHABETS)
    const dropped: string[] = []
    for (let i = 0; i < 200_000; i++) {
      const token = body(alphabets[i % alphabets.length]!, 16 + Math.floor(from() * 49), from)
      if (isPlaceholderToken(token)) dropped.push(token)
    }
    expect(dropped).toEqual([])
  })

  it.each(Object.entries(ALPHABETS))(
    'nor is what is drawn from %s held to be composed, save one in a hundred',
    (_, alphabet) => {
      const from = seededRandom(42)
      const composed = Array.from({ length: 5_000 }, () => body(alphabet, 24, from)).filter(
        (value) => !looksRandom(value),
      )
      expect(composed.length).toBeLessThan(50)
    },
  )
})
