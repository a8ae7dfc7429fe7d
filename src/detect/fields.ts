/**
 * What a field's name says about its value. `password`: short and wordy values count. `secret`: from eight characters.
 * `token`: the bare word, which also names pieces of text, so that the value must look opaque.
 * `header`: a scheme may stand before the credential.
 */
export type FieldClass = 'password' | 'secret' | 'token' | 'header' | 'cookie'

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const PASSWORDS = set('password passwd pwd passphrase passcode passwords passphrases')
const SECRETS = set(
  'secret secrets apikey apikeys secretkey privatekey accesstoken refreshtoken idtoken authtoken sessiontoken ' +
    'bearertoken clientsecret apisecret apitoken credential credentials connectionstring mnemonic jwt',
)
/** What must stand before `key` for it to be a credential. */
const KEY_KINDS = set(
  'api access secret private signing encryption decryption master service account storage subscription shared auth ' +
    'session admin root hmac aes ssh jwt webhook symmetric role deploy connection openai anthropic claude cohere gemini ' +
    'mistral groq xai openrouter perplexity together fireworks replicate huggingface langsmith langfuse tavily pinecone ' +
    'deepseek stripe sendgrid github gitlab aws azure gcp datadog elevenlabs nvidia serper serpapi exa',
)
const TOKEN_KINDS = set(
  'access refresh id auth api bearer session oauth personal secret bot user app service security jwt csrf xsrf github ' +
    'gitlab slack npm pypi vault sas deploy deployment push device registration webhook signing verification admin root',
)
const PASS_KINDS = set(
  'db database smtp user mail email redis ftp sftp mysql pg postgres postgresql admin root mongo mongodb rabbitmq ssh ' +
    'http proxy basic login auth imap ldap wifi account key',
)
/** Before the credential's word these mean another thing: a page, a vocabulary item, a question about the field. */
const DENIED_BEFORE = set(
  'next page prev previous continuation pagination cursor max min num total prompt completion input output per pad eos ' +
    'bos sep cls mask unk special stop start end first last sync delta cancel cancellation cancelation injection design ' +
    'text word tool image audio byte nft erc20 contract is has had show hide forgot forget reset change require requires ' +
    'required needs use uses allow enable no with without can should supports missing invalid toggle verify public ' +
    'unexpected expected publishable anon accept consent price cost rate cached reasoning thinking',
)
/** Trailing words that leave the meaning as it is: an environment, a number, which of two. */
const TRAILING =
  /^(?:\d{1,2}|v\d|prod|production|dev|development|stag|staging|stage|live|old|new|current|primary|secondary|backup|default|plain|plaintext|raw|text)$/
const COMPACT =
  /(?:password|passwd|passphrase|apikey|secretkey|privatekey|accesskey|accesstoken|refreshtoken|authtoken|sessiontoken|bearertoken|clientsecret|apisecret|apitoken|githubtoken|connectionstring)$/

const cache = new Map<string, FieldClass | undefined>()
const CACHE_LIMIT = 4096
const NAME_LIMIT = 128

/** The class of a field name, or undefined when the name does not mean a credential. */
export function fieldClass(name: string): FieldClass | undefined {
  if (name.length < 3 || name.length > NAME_LIMIT) return undefined
  const known = cache.get(name)
  if (known !== undefined || cache.has(name)) return known
  const found = classify(splitWords(name))
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
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

function classify(words: string[]): FieldClass | undefined {
  while (words.length > 1 && TRAILING.test(words.at(-1)!)) words.pop()
  const last = words.at(-1)?.replace(/\d+$/, '')
  if (last === undefined || last === '') return undefined
  const before = words.slice(0, -1)
  const qualifier = before.at(-1) ?? ''
  if (before.some((word) => DENIED_BEFORE.has(word))) return undefined
  if (PASSWORDS.has(last)) return 'password'
  if (last === 'pass') return PASS_KINDS.has(qualifier) ? 'password' : undefined
  if (last === 'phrase') return /^(?:seed|recovery|pass|mnemonic)$/.test(qualifier) ? 'password' : undefined
  if (last === 'authorization' || (last === 'auth' && qualifier === 'proxy')) return 'header'
  if (last === 'bearer') return 'header'
  if (last === 'cookie' || last === 'cookies') return 'cookie'
  if (SECRETS.has(last)) return 'secret'
  if (last === 'key' || last === 'keys') return KEY_KINDS.has(qualifier) ? 'secret' : compactClass(qualifier, last)
  if (last === 'token') return TOKEN_KINDS.has(qualifier) || before.length > 0 ? 'secret' : 'token'
  if (last === 'tokens')
    return /^(?:access|refresh|auth|api|bearer|session|oauth)$/.test(qualifier) ? 'secret' : undefined
  if (/^(?:string|str)$/.test(last)) return /^(?:connection|conn)$/.test(qualifier) ? 'secret' : undefined
  return compactClass('', last)
}

function compactClass(qualifier: string, last: string): FieldClass | undefined {
  const match = COMPACT.exec(qualifier + last)
  if (match === null) return undefined
  if (/^(?:is|has|public|publishable|show|reset|forgot)/.test(qualifier + last)) return undefined
  return match[0].startsWith('pass') ? 'password' : 'secret'
}
