import type { RE2JS as Re2 } from 're2js'
import { ConfigError } from '../errors.js'
import type { Matcher, PatternSource } from './matcher.js'

/** RE2 knows no lookahead; the character behind the match is read into the expression, and left out of group 1. */
const RIGHT = { token: '(?:[^A-Za-z0-9_-]|\\z)', word: '(?:[^A-Za-z0-9_]|\\z)', none: '' }
const DEFAULT_MAX_LENGTH = 1024
/** A match costs at most its length times this many steps. `acme_[A-Za-z0-9]{20,80}` takes about 200. */
const MAX_INSTRUCTIONS = 4_000
/** Beyond this, compiling alone would take longer than anyone waits for a process to start. */
const MAX_PATTERN = 32_768

/**
 * Runs a pattern in time proportional to its match, whatever the pattern: for rules that nobody has fuzzed. A match
 * reads `maxLength` characters at most (1,024 unless told), so that neither the pattern nor the text can stop a process.
 * @param RE2JS the class of the package re2js, which the caller loads only when there is a rule to run.
 * @throws ConfigError that names the rule, never its pattern.
 */
export function createLinearMatcher({ id, definition }: PatternSource, RE2JS: typeof Re2): Matcher {
  const { pattern, maxLength = DEFAULT_MAX_LENGTH } = definition
  assertLinear(id, pattern)
  const right = RIGHT[definition.rightBoundary ?? 'token']
  const flags = definition.caseInsensitive === true ? RE2JS.CASE_INSENSITIVE : 0
  // At the start of the text, where `^` holds, and behind a character, which `\b` must see.
  const [first, later] = compile(id, () => {
    const source = RE2JS.translateRegExp(pattern)
    // Alone first: `a)(b` is no pattern, though it would become one between brackets of ours.
    RE2JS.compile(source)
    return [RE2JS.compile(`(${source})${right}`, flags), RE2JS.compile(`(?s:.)(${source})${right}`, flags)]
  })
  const secret = Object.hasOwn(first.namedGroups(), 'secret') ? 'secret' : 1
  return {
    skipsPlaceholders: false,
    exec: (text, at) => {
      const skip = at === 0 ? 0 : 1
      // And one character behind the longest match, for the right boundary.
      const matcher = (skip === 0 ? first : later).matcher(text.slice(at - skip, at + maxLength + 1))
      if (!matcher.lookingAt()) return null
      const length = matcher.end(1) - skip
      if (matcher.start(1) !== skip || length === 0 || length > maxLength) return null
      const offset = at - skip
      // A group in an alternative that was not taken starts at -1.
      const group = matcher.start(secret) < 0 ? 1 : secret
      return { end: at + length, secretStart: offset + matcher.start(group), secretEnd: offset + matcher.end(group) }
    },
  }
}

function compile(ruleId: string, make: () => readonly [first: Re2, later: Re2]): readonly [first: Re2, later: Re2] {
  let expressions: readonly [Re2, Re2]
  try {
    expressions = make()
  } catch {
    refuse(ruleId, 'is not a regular expression that RE2 can run; a repetition goes up to {1000}, nested ones together')
  }
  if (expressions[1].programSize() > MAX_INSTRUCTIONS) {
    refuse(ruleId, 'is too large; use shorter repetitions, fewer alternatives, or several rules')
  }
  return expressions
}

/** What RE2 leaves out, said in words. */
function assertLinear(ruleId: string, pattern: unknown): asserts pattern is string {
  if (typeof pattern !== 'string' || pattern === '') refuse(ruleId, 'must be the source of a regular expression')
  if (pattern.length > MAX_PATTERN) refuse(ruleId, `has over ${MAX_PATTERN} characters; use several rules`)
  // Escapes and classes are skipped: `[(?=]` looks around nowhere.
  for (const [token] of pattern.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?(?:<?[=!])/g)) {
    if (/^\\[1-9k]/.test(token))
      refuse(ruleId, 'has a back reference, which no linear-time matcher can run; write it out')
    if (token.startsWith('(?')) {
      refuse(
        ruleId,
        'looks ahead or behind, which no linear-time matcher can run; match the text around the secret too, and name ' +
          'the secret with (?<secret>…), or use leftBoundary and rightBoundary',
      )
    }
  }
}

function refuse(ruleId: string, why: string): never {
  throw new ConfigError(`The pattern of "${ruleId}" ${why}.`)
}
