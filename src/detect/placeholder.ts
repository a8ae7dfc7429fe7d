const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** What stands where a credential would: nothing, a type, a label, a state, a name that everyone knows to replace. */
const WORDS = set(
  `null none nil undefined true false n/a na tbd todo unset empty default optional required mandatory include omit
  same-origin no yes on off changeme change_me change-me change_this changeit replaceme password passwd passwort passwords
  passphrase secret secrets token tokens string str text varchar char object number integer boolean bool any unknown never
  void secretstr bytes hex base64 plaintext plain json jwt uuid example examples test testing dummy fake sample demo
  placeholder redacted hidden masked removed censored filtered encrypted hashed sanitized scrubbed confidential private
  public internal contraseña contrasena senha hasło kennwort пароль 密码 密碼 パスワード 비밀번호 motdepasse mdp wachtwoord
  bearer basic digest negotiate apikey oauth oauth2 hmac ntlm kerberos x509 md5 sha1 sha256 sha512 bcrypt argon2 scrypt
  pbkdf2 scram-sha-256 aes256 uint8array arraybuffer buffer promise api_key api-key key value values credentials cookie
  authorization user username login admin administrator enabled disabled valid invalid expired missing incorrect wrong
  weak strong changed updated provided unchanged input prompt ask stdin env environment auto automatic generated manual
  managed self inherit visible wallet session unauthorized forbidden denied failed success active inactive revoked
  secretkeyref configmapkeyref valuefrom erforderlich pflichtfeld falsch ungültig vergessen geändert requis obligatoire
  incorrecte oublié obligatorio obligatoria incorrecta incorrecto obrigatório obrigatória obbligatorio obbligatoria errata
  verplicht vergeten wymagane zorunlu
  pending nullable files compat critical high medium low severe info error warning function generic regex pattern trust peer ident foobar foo bar baz`,
)
const WRAPPED =
  /^(?:<[^<>]{0,80}>|\$\{[\w.:?-]{1,80}\}?|\$[A-Z_][A-Z0-9_]{0,60}|\$[a-z_][A-Za-z_.]{0,60}\d?|\$\d|\$\([^()]{0,80}\)|%\w{1,60}%|%\(\w{1,60}\)s|\{[\w.:-]{1,60}\}|\[[\w .-]{1,60}\]|\(\w[\w .-]{1,60}\)|__\w{1,60}__|@\w{1,60}@|«[^»]{1,60}»|ENC\(.{1,200}\))$/
/** A call, a parameter of a query, a decorator: what stands where the value is put together. */
const EXPRESSION =
  /^(?:(?:await |new |@)?[A-Za-z_$][A-Za-z_$.]{1,60}\(.{0,120}\)|[:@][A-Za-z_]{2,40}|[mM][yY][-_]?(?:api|API|Api|access|Access|auth|Auth|secret|Secret|db|DB|Db)?[-_]?(?:token|TOKEN|Token|key|KEY|Key|secret|SECRET|Secret|password|PASSWORD|Password)\d{0,3}|[a-z_][\w$]{0,30}(?:\.[a-z_][A-Za-z_$]{0,30}){1,4}\.(?:value|result|password|secret|token|text|data|key))$/
/** Where the value is to be had. */
const WHEREABOUTS =
  /^(?:see|ask|same as|stored in|kept in|read from|from|check|in) [A-Za-z1][A-Za-z]{1,20}(?: [A-Za-z]{1,20}){0,3}$/i
/** A template's hole makes the whole of a value a template. */
const HOLE =
  /\$\{[^{}]{1,120}\}|\{\{[^{}]{0,120}\}\}|<%[^%]{1,120}%>|#\{[^{}]{1,80}\}|\$\([\w./ -]{1,80}\)|%\(\w{1,60}\)s|\$\w{1,60}(?:->|\[)/
const REFERENCE =
  /^(?:claim:\/\/|op:\/\/|(?:ref\+)?vault:|arn:|(?:env|ENV)[:.([]|file:|keyring:|keychain:|aws-sm:|gcp-sm:|azure-kv:|ssm:|sm:|secretref:|secrets?:\/|doppler:|infisical:|bws:|sops:|projects\/[^/]{1,80}\/secrets\/|process\.env|import\.meta\.env|os\.(?:environ|getenv)|getenv\(|secrets\.|ENC\[|\$env:|\$ANSIBLE_VAULT|!(?:vault|secret|Ref|Sub|GetAtt|env|reference)\b|@Microsoft\.KeyVault|\{cipher\}|\{\{resolve:|z\.|Optional\[|SecretStr|base64:\$|data\.|var\.|local\.|module\.)/
const FILLER =
  /(?:^|[^a-z0-9])x{4,}|x{4,}$|x{7}|\*{3,}|•{3,}|●{3,}|\.{3,}|…|_{4,}|redacted|censored|placeholder|change[-_ ]?(?:me|it|this)\b|replace[-_ ]?(?:me|this|with)|[-_ ]here$|^your[-_ A-Z]|your[-_ ]?(?:api|key|token|secret|password|own)|\[object |\bexample\b|to[-_ ]be[-_ ](?:set|filled|replaced)|not[-_ ](?:set|real|configured|needed|required|available|provided)|no[-_ ](?:password|key|token|secret)|\blorem\b/i
/** In front of words these are an example's; in front of a random run they are a prefix. */
const FILLER_PREFIX =
  /^(?:my|insert|enter|replace|put|add|some|the|paste|input|fill|dummy|fake|sample|example|mock|test|foo)[-_ ]/i

/** True when all of the first characters come from a set that people use to blank a value out. */
const blank = (value: string): boolean =>
  /^[xX*•●.\-_#?0 ]{1,64}$/.test(value.slice(0, 64)) || /^(.)\1{3,63}$/.test(value.slice(0, 64))

/**
 * True when a value under a credential's name plainly is not one: empty, a template, a reference to where the secret
 * is kept, a mask, a type name. Reads the first 256 characters at most.
 */
export function isPlaceholder(value: string): boolean {
  const head = (value.length > 256 ? value.slice(0, 256) : value).trim()
  return (
    head === '' ||
    WORDS.has(head.toLowerCase()) ||
    blank(head) ||
    WRAPPED.test(head) ||
    HOLE.test(head) ||
    EXPRESSION.test(head) ||
    WHEREABOUTS.test(head) ||
    REFERENCE.test(head) ||
    (head.length < 100 && (FILLER.test(head) || (FILLER_PREFIX.test(head) && !looksRandom(head)))) ||
    COUNTED.test(head) ||
    (head.length >= MIN_BODY && isPlaceholderToken(value))
  )
}

/** The digits in order, alone: what is typed where a password must be. */
const COUNTED = /^(?:0?1234(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?|(?:9?87)?654321|11223344|112233|123123|12341234)$/

const MIN_BODY = 16
/** What follows in a longer token is not read. */
const MAX_TOKEN = 512
const LONG_RUN = 8
/** Each is so long that a random token of 64 characters holds it once in ten million. */
const TOKEN_WORDS =
  /example|x{7}|placeholder|changeme|redacted|(?:^|[-_])your[-_]|your_?-?(?:api|key|tok|sec|pass)|[-_]here$|replace[-_]?me|insert[-_]|qwertyui|asdfghj|(?:deadbeef|cafebabe).{0,4}(?:deadbeef|cafebabe)|testtest|foobarbaz/i

/**
 * True for a token that somebody typed to show its shape: `ghp_xxxx…`, `sk-proj-aaaa…`, `AKIA…EXAMPLE`, `…1234567890abcdef`.
 * Allocates nothing, and refutes no random body of 16 characters or more: what it looks for takes up most of the token,
 * or is a word that chance does not spell.
 */
export function isPlaceholderToken(secret: string): boolean {
  const length = Math.min(secret.length, MAX_TOKEN)
  if (length < LONG_RUN) return false
  const start = bodyStart(secret)
  const pairs = length - start - 1
  let run = 1
  let longest = 1
  let ascending = 0
  let interleaved = 0
  let before = 0
  let last = secret.charCodeAt(start) | 32
  for (let i = start + 1; i < length; i++) {
    const unit = secret.charCodeAt(i) | 32
    run = unit === last ? run + 1 : 1
    if (run > longest) longest = run
    if (follows(last, unit)) ascending++
    if (follows(before, unit)) interleaved++
    before = last
    last = unit
  }
  if (longest >= LONG_RUN && longest * 2 > pairs) return true
  if (pairs >= MIN_BODY - 1 && Math.max(ascending, interleaved) * 100 >= pairs * 72) return true
  return repeats(secret, start, length) || (secret.length === length && TOKEN_WORDS.test(secret))
}

/** Behind the last separator of a prefix such as `sk-ant-api03-`, if enough follows it. */
function bodyStart(secret: string): number {
  for (let at = Math.min(MIN_BODY, secret.length - MIN_BODY) - 1; at >= 0; at--) {
    const unit = secret.charCodeAt(at)
    if (unit === 45 || unit === 95 || unit === 46) return at + 1
  }
  return 0
}

/** The next digit or letter, both folded to lower case; behind the last one, the first of another kind. */
function follows(last: number, unit: number): boolean {
  if (unit - last === 1) return true
  if (unit === 48) return last === 57 || last === 102 || last === 122
  if (unit === 49) return last === 102 || last === 122
  return unit === 97 && (last === 57 || last === 48 || last === 122)
}

/** A block of up to eight characters over and over again makes up the end, and most, of the body. */
function repeats(secret: string, start: number, length: number): boolean {
  for (let period = 1; period <= 8; period++) {
    let at = length - 1
    while (at >= period && secret.charCodeAt(at) === secret.charCodeAt(at - period)) at--
    const covered = length - 1 - at + period
    if (covered >= MIN_BODY && covered >= period * 3 && covered * 4 >= (length - start) * 3) return true
  }
  return false
}

const PROSE =
  /(?:^|\s)(?:the|your|an?|is|are|was|of|for|to|and|or|with|from|password|token|key|user|must|enter|please|secret|required|optional|default|invalid|incorrect|not|no|in|that|this|should|used|el|la|le|de|der|die|das|und|ist)(?=[\s.,:;!?]|$)/i
/** A mail provider's password for one application: four groups of four letters. */
const APP_PASSWORD = /^[a-z]{4}(?: [a-z]{4}){3}$/

/** True for text of several words in which function words stand: a description, an error message, a label. */
export function looksLikeProse(value: string): boolean {
  const head = value.length > 256 ? value.slice(0, 256) : value
  const spaces = head.trim().split(/\s+/).length - 1
  if (spaces === 0) return false
  if (APP_PASSWORD.test(value) && value.split(' ').some((group) => !/[aeiouy]/.test(group))) return false
  return PROSE.test(head) || (spaces > 2 && !/\d/.test(head))
}

/** A quarter to three quarters of random letters are capitals; of a name in camel case, fewer. */
function mixesCase(value: string): boolean {
  const head = value.slice(0, 64)
  const capitals = head.match(/[A-Z]/g)?.length ?? 0
  return /^[A-Za-z]+$/.test(head) && capitals * 4 >= head.length && capitals * 4 <= head.length * 3
}

/** Random letters change case at every second step; names in camel case at every third or fourth. */
function changesCase(value: string): boolean {
  const head = value.slice(0, 64)
  return (head.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0) * 5 >= head.length * 2
}

/** True for a word without spaces that nobody would type as prose: mixed letters and digits, mixed case, or long. */
export function looksOpaque(value: string): boolean {
  const length = Math.min(value.length, 256)
  let digits = 0
  let letters = 0
  for (let i = 0; i < length; i++) {
    const unit = value.charCodeAt(i)
    if (unit <= 32) return false
    if (unit >= 48 && unit <= 57) digits++
    else if ((unit | 32) >= 97 && (unit | 32) <= 122) letters++
    if (digits > 0 && letters > 0 && i >= 64) break
  }
  if (digits > 0 && letters > 0) return true
  if (length >= 16 && changesCase(value)) return true
  if (length >= 20 && mixesCase(value)) return true
  if (letters === length) return isScrambled(value)
  return length >= 24 && letters < length && !/^[a-z]+(?:[-_. /][a-z]+)*$/i.test(value.slice(0, 256))
}

/** Sixteen letters and more that no language spells: five consonants in a row. */
const isScrambled = (letters: string): boolean =>
  letters.length >= 16 && /[bcdfghj-np-tvwxz]{5}/i.test(letters.slice(0, 64)) && /^(?:[a-z]+|[A-Z]+)$/.test(letters)

/**
 * True for an opaque value that was drawn, not composed: cut where case, letters and digits change, its parts are short
 * or spell nothing. `claude-3-5-sonnet-20241022` and `agent:main:chat42` are composed.
 */
export function looksRandom(value: string, least = 12): boolean {
  if (value.length < least || !looksOpaque(value)) return false
  const head = value.slice(0, 256)
  if (
    COMPOSED.test(head) &&
    head.split(SEPARATORS).every((part) => part.length < 4 || isWord(part.replace(/\d+$/, '')))
  ) {
    return false
  }
  const parts = head.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []
  let composed = 0
  let spelled = 0
  let total = 0
  for (const part of parts) {
    total += part.length
    if (part.length > 3 && isWord(part)) spelled += part.length
    if (isWord(part) || (/^\d/.test(part) && (part.length <= 4 || part.length === 8))) composed += part.length
  }
  if (spelled * 10 >= total * 7) return false
  return total < parts.length * 3.6 || composed * 10 < total * 8
}

/**
 * True for ten letters and more of both cases that were drawn: less than half of them are in words. Of random passwords of
 * twelve letters and digits one in eight holds no digit.
 */
export function looksScattered(letters: string): boolean {
  if (letters.length < 10 || letters.length > 64 || !/^[A-Za-z]+$/.test(letters)) return false
  const parts = letters.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []
  const spelled = parts.filter((part) => part.length > 2 && isWord(part)).join('').length
  return parts.length > 2 && spelled * 20 < letters.length * 9
}

const SEPARATORS = /[-_./:]/
/** Words and short numbers between separators. */
const COMPOSED =
  /^(?:[A-Za-z]{1,16}\d{0,4}|\d{1,4}[a-z]{0,3}|\d{8})(?:[-_./:](?:[A-Za-z]{1,16}\d{0,4}|\d{1,4}[a-z]{0,3}|\d{8}))+$/

const isWord = (part: string): boolean =>
  part === '' ||
  (/^[A-Z]?[a-z]{2,16}$|^[A-Z]{2,16}$/.test(part) &&
    /[aeiouy]/i.test(part) &&
    !/[bcdfghj-np-tvwxz]{5}|[aeiouy]{4}|q[^u]/i.test(part))
