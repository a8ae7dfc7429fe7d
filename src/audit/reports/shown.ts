/**
 * Names in a store (threads, channels, files, owners) are written by whoever talks to the agent. Everything here makes
 * such a name harmless to look at; each format then escapes what it takes for syntax.
 */

/** Longer names are cut: a thread id of a megabyte would be most of a report. */
const MAX_SHOWN_LENGTH = 300

/**
 * Control characters (terminal escapes, line ends), invisible and direction-changing ones, line separators, lone
 * surrogates, noncharacters (which XML refuses).
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

/**
 * What a CI runner obeys when a log line holds it: `##[` and `##vso[` (Azure, GitHub), `##teamcity[` anywhere, and
 * `::error` at the beginning of a line.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const RUNNER_COMMAND = /##(?=\w{0,40}\[)/g

/** Nearly all of a report: ten times faster than to look for each of the above. */
const HARMLESS = /^[\w./-][\w./ :;,()@=-]*$/

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** The text with everything unseen spelled out, such as `\u202e` for an override of direction. Idempotent. */
export function neutral(text: string): string {
  if (HARMLESS.test(text)) return text
  return text
    .replace(UNSEEN, (char) => SHORT[char] ?? escapeOf(char))
    .replace(RUNNER_COMMAND, '#\\u0023')
    .replace(/^(\s*):(?=:)/, '$1\\u003a')
}

/** A name out of a store, as it may be shown: harmless, on one line, and not endless. */
export function shown(name: string, maxLength = MAX_SHOWN_LENGTH): string {
  if (name.length <= maxLength) return neutral(name)
  return `${neutral(name.slice(0, maxLength))}… (${name.length} characters)`
}

function escapeOf(char: string): string {
  const hex = char.codePointAt(0)!.toString(16)
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

/**
 * JSON that is as harmless on a terminal as anywhere: what `neutral` spells out is escaped, so that it parses to the
 * same value. `JSON.stringify` alone lets C1 controls, which some terminals obey, and overrides of direction through.
 */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSEEN, (char) => (char === '\n' ? char : escapeUnits(char)))
}

function escapeUnits(char: string): string {
  let escaped = ''
  for (let i = 0; i < char.length; i++) escaped += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`
  return escaped
}

/** The address in its normal form when it may be linked to: `https:` and no user; null for anything else. */
export function safeLink(address: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null
  // What remains ASCII after the parser's percent-encoding and yet is syntax in Markdown, SARIF or a log.
  return url.href.replace(/["'()*[\\\]^`{|}~<>]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
