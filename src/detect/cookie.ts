import type { Span } from './credential.js'
import { isPlaceholder, looksOpaque, looksRandom } from './placeholder.js'

/** Without a name that says so, a value must be this long to be a session. */
const MIN_ALONE = 16
const MIN_UNNAMED = 24
const MIN_NAMED = 6
const SESSION_COOKIE =
  /(?:sess|auth|token|jwt|^c?sid$|\.sid$|_sid$|csrf|xsrf|login|remember|identity|^li_at$|^sb-|credential|secret|^__(?:secure|host)-|^(?:c_user|xs|datr|sapisid|hsid|ssid|apisid|nid)$)/i
const ANALYTICS_COOKIE =
  /^(?:_g[acl]|_fbp|_hj|_pk_|_utm|__utm|amplitude|ajs_|mp_|optimizely|ab_|intercom-id|_clck|_clsk|_uet|cookie|consent|locale|lang|theme|tz|currency)/i
const ATTRIBUTE = /^(?:path|domain|expires|max-age|samesite|secure|httponly|partitioned|priority)$/i

/** From the first to the last value that opens a session; without such a pair, a value that stands alone and is opaque. */
export function cookieSpan(value: string, start: number, end: number): Span | undefined {
  const spans = cookieSpans(value, start, end)
  if (spans.length > 0) return { start: spans[0]!.start, end: spans.at(-1)!.end }
  const text = value.slice(start, end)
  if (/[=;\s]/.test(text.replace(/={1,2}$/, ''))) return undefined
  return looksRandom(text, MIN_ALONE) && !isPlaceholder(text) ? { start, end } : undefined
}

/** The values of all pairs in a `Cookie` or `Set-Cookie` header that open a session. */
export function cookieSpans(value: string, start = 0, end = value.length): Span[] {
  const spans: Span[] = []
  let at = start
  while (at < end && spans.length < 64) {
    let stop = value.indexOf(';', at)
    if (stop < 0 || stop > end) stop = end
    const equals = value.indexOf('=', at)
    if (equals > at && equals < stop) {
      const name = value.slice(at, equals).trim()
      let from = equals + 1
      let to = stop
      while (to > from && value.charCodeAt(to - 1) <= 32) to--
      if (value[from] === '"' && value[to - 1] === '"' && to - from > 1) {
        from++
        to--
      }
      if (opensSession(name, value.slice(from, to))) spans.push({ start: from, end: to })
    }
    at = stop + 1
  }
  return spans
}

/** The cheapest refutation first: a header may be nothing but short pairs. */
function opensSession(name: string, value: string): boolean {
  const isNamed = value.length >= MIN_NAMED && SESSION_COOKIE.test(name)
  if (!isNamed && value.length < MIN_UNNAMED) return false
  if (ATTRIBUTE.test(name) || ANALYTICS_COOKIE.test(name) || isPlaceholder(value)) return false
  return isNamed ? looksOpaque(value) : looksRandom(value, MIN_UNNAMED)
}
