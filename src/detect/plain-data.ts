const NUMBER = /^[-+]?\d{1,15}(?:\.\d{1,15})?(?:e[-+]?\d{1,3})?$/i
const QUANTITY =
  /^[-+]?\d{1,15}(?:\.\d{1,9})? ?(?:%|ms|s|m|h|d|w|y|secs?|seconds?|mins?|minutes?|hours?|days?|weeks?|months?|years?|[kmgt]i?b|bytes?|bits?|chars?|characters|tokens?|times|usd|eur)$/i
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/
const DURATION = /^P(?:\d{1,4}[YMWD]){0,4}(?:T(?:\d{1,6}[HMS]){1,3})?$/
const VERSION = /^v?\d{1,4}(?:\.\d{1,6}){1,3}(?:[-+.][A-Za-z0-9.]{1,24})?$/
const HOST =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|localhost|(?:[a-z0-9-]{1,63}\.){1,6}(?:com|net|org|io|dev|app|ai|co|cloud|local|internal|svc|gov|edu|de|fr|uk|eu|cn|jp))(?::\d{1,5})?(?:\/[\w./-]{0,200})?$/i
const EMAIL = /^[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,12}$/
const PATH =
  /^(?:(?:~|\.{1,2}|[A-Za-z]:|%\w{1,32}%|\$\w{1,32})[\\/]|\\\\[A-Za-z]|\/(?:etc|run|var|home|users|tmp|opt|mnt|root|usr|secrets?|vault|app|srv|data|certs?|keys?|private|workspaces?|config|dev|proc|sys|library|volumes|content)\/)[^\r\n]{0,400}$/i
const FILE =
  /^[\w./\\ -]{1,200}\.(?:pem|key|json|ya?ml|txt|p12|pfx|jks|crt|cer|env|ini|conf|toml|pub|der|p8|ppk|asc|gpg|kdbx|pdf|png|jpe?g|svg|csv|html?|[jt]sx?|py|go|rs|md|xml|log|zip|parquet)$/i
/** The address of an account or a contract on a chain; a private key is longer. */
const ADDRESS = /^0x[0-9a-fA-F]{40}$/
const DOCUMENT = /^(?:\{[\s\S]*["':][\s\S]*\}|\[\s*(?:["'{[\d][\s\S]*)?\]|<[a-z!?][\s\S]*>)$/i
const FUNCTIONAL = /^(?:image|text|application|audio|video|multipart|font)\/[\w.+-]{1,80}$/
/** What `crypt` writes; an attacker must still guess the password. */
const CRYPT_HASH =
  /^(?:\$(?:[1256y]|2[abxy]|apr1|argon2\w{1,2}|scrypt|pbkdf2[\w-]{0,12}|5\$rounds)\$[\w./$,=+-]{10,200}|\{(?:S?SHA\d{0,3}|S?MD5|CRYPT|PBKDF2)\}\S{8,200}|pbkdf2_sha\d{1,3}\$\S{10,200}|bcrypt_sha256\$\S{10,200}|SCRAM-SHA-256\$\S{10,300})$/

/** An expression that describes values, not one of them. */
const PATTERN = /\[\^?(?:[A-Za-z0-9]-[A-Za-z0-9]|\\[dwsDWS])|\\[dwsb][{+*]|\(\?[:=!<]|\[\^|\]\+/
const NO_LETTER = /^[^\p{L}\p{N}]*$/u
const BEHIND_AT = /^@(?=[\w.-]+(?:[:/]|$))/

/** True for a value of a kind that is not a credential whatever its name: numbers, dates, versions, paths, hosts, documents. */
export function isPlainData(value: string): boolean {
  if (value.length > 1024)
    return DOCUMENT.test(value.slice(0, 2) + value.slice(-2)) || /^\s*[{[][\s\S]{0,40}["'{[]/.test(value.slice(0, 64))
  return (
    NO_LETTER.test(value) ||
    PATTERN.test(value) ||
    QUANTITY.test(value) ||
    DATE.test(value) ||
    DURATION.test(value) ||
    VERSION.test(value) ||
    HOST.test(value.replace(BEHIND_AT, '')) ||
    PATH.test(value) ||
    FILE.test(value) ||
    ADDRESS.test(value) ||
    DOCUMENT.test(value) ||
    FUNCTIONAL.test(value) ||
    CRYPT_HASH.test(value)
  )
}

export const isNumber = (value: string): boolean => NUMBER.test(value)
export const isEmail = (value: string): boolean => EMAIL.test(value)
