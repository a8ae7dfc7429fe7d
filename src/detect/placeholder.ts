const WORDS = new Set(
  (
    'null none nil undefined true false n/a na tbd unset empty default optional required include omit same-origin ' +
    'changeme change_me change-me change_this password passwd passwort secret token string str text object number ' +
    'boolean bool any unknown secretstr example test dummy fake sample placeholder redacted hidden masked removed ' +
    'censored filtered encrypted contraseña senha hasło пароль 密码 パスワード 비밀번호 bearer basic digest negotiate ' +
    'uint8array arraybuffer buffer promise apikey api_key api-key key value credentials cookie authorization'
  ).split(' '),
)
const WRAPPED =
  /^(?:<[^<>]{0,80}>|\$\{?[\w.:?-]{1,80}\}?|\$\([^()]{0,80}\)|\{\{[^{}]{0,80}\}\}|%\w{1,60}%|\{[\w.]{1,60}\}|\[[\w .-]{1,60}\]|__\w{1,60}__|#\{[^{}]{0,80}\})$/
const REFERENCE =
  /^(?:claim:\/\/|op:\/\/|vault:|arn:|env:|file:|keyring:|aws-sm:|gcp-sm:|azure-kv:|projects\/[^/]{1,80}\/secrets\/|process\.env|import\.meta\.env|os\.(?:environ|getenv)|env[.([]|secrets\.|ENC\[|\$env:|z\.|Optional\[|SecretStr)/
const FILLER =
  /x{5,}|\*{3,}|•{3,}|\.{3,}|…|redacted|placeholder|changeme|change-me|[-_ ]here$|^(?:your|my|insert|enter|replace|put|add|some|the)[-_ ]|^your[A-Z]|\[object |\bexample\b/i

/** True when all of the first characters come from a set that people use to blank a value out. */
const blank = (value: string): boolean =>
  /^[xX*•.\-_#?0 ]{1,64}$/.test(value.slice(0, 64)) || /^(.)\1{3,63}$/.test(value.slice(0, 64))

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
    REFERENCE.test(head) ||
    (head.length < 100 && FILLER.test(head))
  )
}

const PROSE =
  /(?:^|\s)(?:the|your|an?|is|are|was|of|for|to|and|or|with|from|password|token|key|user|must|enter|please|secret|required|optional|default|invalid|incorrect|not|no|in|that|this|should|used|el|la|le|de|der|die|das|und|ist)(?=[\s.,:;!?]|$)/i

/** True for text of several words in which function words stand: a description, an error message, a label. */
export function looksLikeProse(value: string): boolean {
  const head = value.length > 256 ? value.slice(0, 256) : value
  const spaces = head.trim().split(/\s+/).length - 1
  return spaces > 0 && (PROSE.test(head) || (spaces > 2 && !/\d/.test(head)))
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
  return length >= 24 && letters < length && !/^[a-z]+(?:[-_. /][a-z]+)*$/i.test(value.slice(0, 256))
}
