/**
 * What a field's name says about its value.
 * `password`: short and wordy values count. `secret`: from eight characters, unless it reads as a word. `token`, `key`:
 * names that pieces of text, paths and ids go by as well, so that the value must look random. `header`: a scheme may stand
 * before the credential. `cookie`: pairs. `phrase`: words of a wallet. `basic`: `user:password`, plain or in base64.
 * `connection`: a string that rules of their own read; only an opaque one is a credential as a whole.
 */
export type FieldClass =
  | 'password'
  | 'secret'
  | 'token'
  | 'key'
  | 'header'
  | 'cookie'
  | 'phrase'
  | 'basic'
  | 'connection'

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** In the languages in which forms and configurations are written, without accents. */
const PASSWORDS = set(
  `password passwords passwd passwds pwd pswd passphrase passphrases passcode passcodes passwort passworter passwoerter
  kennwort kennworter zugangspasswort contrasena contrasenas contrasenya motdepasse mdp senha senhas wachtwoord
  wachtwoorden losenord adgangskode passord salasana heslo jelszo haslo hasło sifre sıfre parola parole sandi пароль
  пароли парола лозинка סיסמה 密码 密碼 口令 パスワード 暗証番号 비밀번호 암호 รหัสผ่าน`,
)
const SECRETS = set(
  `secret secrets apikey apikeys secretkey privatekey privkey seckey accesstoken refreshtoken idtoken authtoken
  sessiontoken bearertoken clientsecret apisecret apitoken secretstring wif secreto segredo segreto geheimnis
  apischlussel apischluessel 密钥 密鑰 秘钥 シークレット 비밀키 секрет`,
)
const TOKENS = set('token jeton toegangstoken zugangstoken credential credentials jwt 令牌 токен')

/** What must stand before `key` for it to be a credential. */
const SECRET_KEYS = set(
  `api access secret private signing encryption decryption master subscription shared hmac jwt webhook symmetric role
  authentication auth crypto cipher privat secreta secrete`,
)
/** Before `key` these name a path, an id or a public half as often; and whose key it is alone. */
const LOOSE_KEYS = set(
  `storage account service session admin root aes ssh deploy deployment connection app application client license
  licence activation integration ingest ingestion write read server sdk
  functions function rapidapi gateway
  openai anthropic claude cohere gemini mistral groq xai grok openrouter perplexity pplx together togetherai fireworks
  replicate huggingface hf langsmith langchain langfuse tavily pinecone weaviate qdrant chroma milvus zilliz deepseek
  moonshot kimi zhipu dashscope qwen minimax stability ai21 voyage jina nomic baseten modal anyscale cerebras sambanova
  nvidia ollama elevenlabs deepgram assemblyai cartesia serper serpapi exa firecrawl apify browserbase e2b brave bing
  google youtube vertex azure aws gcp cloudflare digitalocean linode vultr hetzner heroku netlify vercel render railway
  fly supabase firebase neon planetscale upstash mongodb atlas redis elastic elasticsearch algolia typesense meilisearch
  stripe paypal square braintree adyen plaid coinbase binance kraken paddle razorpay shopify sendgrid mailgun mailchimp
  mandrill postmark sparkpost resend brevo twilio vonage nexmo plivo messagebird pusher ably onesignal slack discord
  telegram zoom intercom zendesk freshdesk hubspot salesforce pipedrive airtable notion asana trello clickup linear jira
  atlassian confluence github gitlab bitbucket npm pypi circleci travis sentry datadog dd newrelic grafana honeycomb
  splunk sumologic logzio loggly papertrail rollbar bugsnag pagerduty opsgenie statuspage segment mixpanel amplitude
  posthog auth0 okta clerk workos stytch contentful sanity cloudinary imgix mapbox here maps weather openweather
  openweathermap alphavantage polygon finnhub newsapi etherscan alchemy infura moralis snyk sonar doppler vault algorithmia
  twitter facebook linkedin dropbox box figma miro docusign typeform calendly monday`,
)
/** In an environment variable's `…_KEY`, what names a place in a store or a half that is public. */
const INDEX_KEYS = set(
  `cache sort partition primary foreign public object s3 row hash range group routing message idempotency dedup dedupe
  lookup lock site map json dict i18n translation locale index unique natural composite record entity image file bucket
  blob node state thread channel event metric feature flag config setting option query param search page item queue topic
  kafka issue ticket hot short function shift ctrl alt color bind publishable anon publish kms verification verify`,
)

const TOKEN_KINDS = set(
  `access refresh id auth api bearer session oauth oauth2 personal pat secret bot user app service security jwt csrf xsrf
  github gitlab slack npm pypi vault sas deploy deployment push device registration webhook signing verification admin
  root account client connect reset invite invitation impersonation runner job ci build publish upload read write hf
  huggingface telegram discord notion linear airtable cloudflare cf vercel netlify heroku digitalocean fly railway
  sentry datadog grafana influx influxdb consul nomad pulumi terraform tf replicate apify browserless mapbox shopify
  twilio hubspot jira confluence atlassian bitbucket circleci travis codecov sonar snyk snowflake databricks`,
)
const PASS_KINDS = set(
  `db database smtp user mail email redis ftp sftp mysql pg postgres postgresql admin root mongo mongodb rabbitmq ssh http
  proxy basic login auth imap ldap wifi account key store keystore truststore bind sql oracle jenkins registry docker nexus
  artifactory api app service default initial master vault sudo pgp gpg`,
)
/** Such a name asks a question about the field, or gives what is public. */
const DENIED = set(
  `is has had show hide forgot forget require requires required needs use uses allow enable no with without can should
  supports missing invalid unexpected expected toggle public publishable anon consent price cost accept min max num total
  count contract injection design hashed encrypted masked redacted`,
)
const DENIED_PASSWORD = set('reset change')
/** Another thing than a credential's token: a page, a piece of text, a coin. */
const DENIED_TOKEN = set(
  `next page prev previous continuation pagination cursor prompt completion input output per pad eos bos sep cls mask unk
  special stop start end first last sync delta cancel cancellation cancelation text word tool image audio byte nft erc20
  coin base quote cached reasoning thinking resume lookahead punctuation pending`,
)
/** Trailing words that leave the meaning as it is: an environment, which of two, a form of writing. */
const TRAILING = set(
  `prod production dev development stag staging stage test testing sandbox live old new current previous primary secondary
  backup default plain plaintext raw text value val string str b64 base64 encoded pem env confirm confirmation repeat`,
)
const TRAILING_NUMBER = /^(?:\d{1,2}|v\d)$/
const COMPACT =
  /(?:password|passwd|passphrase|passwort|contrasena|apikey|secretkey|privatekey|accesskey|accesstoken|refreshtoken|authtoken|sessiontoken|bearertoken|clientsecret|apisecret|apitoken|identitytoken|registrytoken|securitytoken|usertoken|bottoken|githubtoken|gitlabtoken|(?:app|consumer|shared|jwt|session|webhook|signing|auth|oauth|token|hmac|cookie|encryption)secret|(?:encryption|signing|auth|master|shared|account|subscription|hmac|jwt)key|connectionstring)$/
const COMPACT_DENIED = /^(?:is|has|public|publishable|show|reset|forgot|hashed|encrypted)/
const COMPACT_PASS =
  /^(?:db|user|root|admin|smtp|mail|email|ftp|ssh|key|store|bind|proxy|http|auth|login|sql|pg|mysql|redis|wifi)(?:pass|pw)$/
const ENV_NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/

/** Every name that is in a class holds one of them, written without separators and in lower case. */
export const CLASS_STEMS: readonly string[] = [
  ...[...PASSWORDS, ...SECRETS, ...TOKENS].filter((word) => /^[a-z]+$/.test(word) && word !== 'wif'),
  ...'pass pw pwd clave mnemonic phrase key schlussel schluessel chave llave token secret cookie bearer'.split(' '),
  ...'authorization authheader authbasic phpsessid jsessionid connectsid connstr connectionstr dsn'.split(' '),
  ...['recovery', 'backup', 'seed'].flatMap((word) => [`${word}code`, `${word}words`]),
  ...['wallet', 'master', 'hd', 'otp', 'bip39'].map((word) => `${word}seed`),
]

/** Such a stem is part of many words, and means a credential as the last word of a name, before trailing ones. */
export const LAST_STEMS: readonly string[] = ['pat', 'auth', 'cle', 'wif']
export const BEHIND_STEMS: readonly string[] = [...TRAILING, 'v']

const cache = new Map<string, FieldClass | undefined>()
const CACHE_LIMIT = 4096
const NAME_LIMIT = 128

/**
 * The class of a field name, or undefined when the name does not mean a credential. Card numbers' check digits, PINs and
 * one-time codes are in no class: three to eight digits cannot be told from a count; an application names such fields.
 */
export function fieldClass(name: string): FieldClass | undefined {
  if (name.length < 2 || name.length > NAME_LIMIT) return undefined
  const known = cache.get(name)
  if (known !== undefined || cache.has(name)) return known
  const found = classify(splitWords(name), name)
  if (cache.size >= CACHE_LIMIT) cache.clear()
  cache.set(name, found)
  return found
}

/** @returns `'secret'` when a string under this name is a credential unless it is a placeholder. */
export function classifyFieldName(name: string): 'secret' | undefined {
  return fieldClass(name) === undefined ? undefined : 'secret'
}

/** `azureOpenAI_api-key` → `azureopenaiapikey`, the form in which rules name fields. */
export const normalizeName = (name: string): string => name.replace(/[^A-Za-z0-9]+/g, '').toLowerCase()

export function splitWords(name: string): string[] {
  return withoutAccents(name)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9\u0080-\uffff]+/)
    .filter((word) => word !== '')
}

/** `contraseña` → `contrasena`; marks of other scripts are letters of their own and stay. */
const withoutAccents = (name: string): string =>
  /[\u0080-\uffff]/.test(name)
    ? name
        .normalize('NFD')
        .replace(/[\u0300-\u036f]+/g, '')
        .normalize('NFC')
    : name

function classify(all: string[], name: string): FieldClass | undefined {
  if (isConnection(all)) return 'connection'
  const words = [...all]
  while (words.length > 1 && isTrailing(words.at(-1)!)) words.pop()
  if (words.length > 2 && /^(?:data|material|base|block)$/.test(words.at(-1)!) && words.at(-2) === 'key') words.pop()
  const last = words.at(-1)?.replace(/\d+$/, '')
  if (last === undefined || last === '') return undefined
  const before = words.slice(0, -1)
  const qualifier = before.at(-1) ?? ''
  if (before.some((word) => DENIED.has(word))) return undefined
  return (
    passwordClass(last, qualifier, words) ??
    headerClass(last, qualifier) ??
    keyClass(last, qualifier, name) ??
    tokenClass(last, qualifier, before) ??
    compactClass(qualifier, last)
  )
}

const isTrailing = (word: string): boolean => TRAILING.has(word) || TRAILING_NUMBER.test(word)

const isConnection = (words: readonly string[]): boolean =>
  /(?:^| )(?:conn(?:ection)? ?(?:string|str)|dsn)$/.test(words.join(' '))

function passwordClass(last: string, qualifier: string, words: readonly string[]): FieldClass | undefined {
  if (PASSWORDS.has(last)) return DENIED_PASSWORD.has(qualifier) ? undefined : 'password'
  if (last === 'pass' || last === 'pw')
    return PASS_KINDS.has(qualifier) ? 'password' : words.length === 1 ? 'token' : undefined
  if (COMPACT_PASS.test(last)) return 'password'
  if (last === 'passe' && words.join('').endsWith('motdepasse')) return 'password'
  if (last === 'clave') return 'token'
  if (last === 'mnemonic' || last === 'mnemonics') return 'phrase'
  if (/^(?:phrase|words)$/.test(last))
    return /^(?:seed|recovery|secret|mnemonic|backup)$/.test(qualifier) ? 'phrase' : undefined
  if (last === 'seedphrase') return 'phrase'
  if (last === 'seed') return /^(?:wallet|master|hd|totp|otp|bip39)$/.test(qualifier) ? 'phrase' : undefined
  if (/^codes?$/.test(last)) return /^(?:recovery|backup)$/.test(qualifier) ? 'token' : undefined
  return undefined
}

function headerClass(last: string, qualifier: string): FieldClass | undefined {
  if (last === 'authorization' || last === 'bearer') return 'header'
  if (last === 'header') return /^(?:authorization|auth)$/.test(qualifier) ? 'header' : undefined
  if (last === 'auth') return qualifier === 'proxy' ? 'header' : 'basic'
  if (last === 'basic') return qualifier === 'auth' ? 'basic' : undefined
  if (last === 'userpass' || last === 'userpwd') return 'basic'
  return last === 'cookie' || last === 'cookies' ? 'cookie' : undefined
}

function keyClass(last: string, qualifier: string, name: string): FieldClass | undefined {
  if (!/^(?:keys?|schlussel|schluessel|cle|chave|llave)$/.test(last)) return undefined
  if (SECRET_KEYS.has(qualifier)) return 'secret'
  if (LOOSE_KEYS.has(qualifier)) return 'key'
  if (last === 'key' && ENV_NAME.test(name) && !INDEX_KEYS.has(qualifier)) return 'key'
  return undefined
}

function tokenClass(last: string, qualifier: string, before: readonly string[]): FieldClass | undefined {
  if (SECRETS.has(last)) return 'secret'
  // A personal access token, as `GITHUB_PAT`; alone it is a name.
  if (last === 'pat' && before.length > 0) return 'token'
  if (/^(?:phpsessid|jsessionid)$/.test(last) || (last === 'sid' && qualifier === 'connect')) return 'token'
  if (last === 'tokens')
    return /^(?:access|refresh|auth|api|bearer|session|oauth)$/.test(qualifier) ? 'secret' : undefined
  if (!TOKENS.has(last)) return undefined
  if (last === 'token' && TOKEN_KINDS.has(qualifier)) return 'secret'
  return before.some((word) => DENIED_TOKEN.has(word)) ? undefined : 'token'
}

function compactClass(qualifier: string, last: string): FieldClass | undefined {
  const joined = qualifier + last
  const match = COMPACT.exec(joined)
  if (match === null || COMPACT_DENIED.test(joined)) return undefined
  if (match[0] === 'connectionstring') return 'connection'
  return /^(?:pass|contra)/.test(match[0]) ? 'password' : 'secret'
}
