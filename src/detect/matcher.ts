import { ConfigError } from '../errors.js'
import { assertBounded } from './pattern.js'
import { headOf } from './pattern-head.js'
import type { Rule } from './types.js'
import type { UnitSet } from './unit-set.js'

/** Part of the expression, so that it may try a shorter or another alternative before it gives up. */
const RIGHT = { token: '(?![A-Za-z0-9_-])', word: '(?![A-Za-z0-9_])', none: '' }
export const DEFAULT_MAX_LENGTH = 1024

export interface PatternMatch {
  readonly end: number
  readonly secretStart: number
  readonly secretEnd: number
}

/** Runs one rule's pattern, its right boundary and its length included; the left boundary is the caller's to check. */
export interface Matcher {
  /** True when what plainly stands for a token (`ghp_xxxx…`) is no match; a user's own examples may look like that. */
  readonly skipsPlaceholders: boolean
  /** What the first characters of a match may be, where that is known. */
  readonly head?: readonly UnitSet[]
  /** A match that begins exactly at `at`. */
  exec(text: string, at: number): PatternMatch | null
}

/** What a matcher is made from: a rule, or the pattern of an allow list's entry under a name for messages. */
export type PatternSource = Pick<Rule, 'id' | 'definition'>

/** Makes the matcher of a pattern. @throws ConfigError if it cannot run the rule's pattern. */
export type MatcherFactory = (rule: PatternSource) => Matcher

/**
 * The engine's own sticky expressions: ten times faster than any linear-time matcher in JavaScript, and able to
 * backtrack. For the stock rules, whose patterns are bounded and fuzzed one by one.
 */
export function createSourceMatcher({ id, definition }: PatternSource): Matcher {
  assertBounded(id, definition.pattern)
  const { maxLength = DEFAULT_MAX_LENGTH } = definition
  const isFolded = definition.caseInsensitive === true
  const hasSecret = definition.pattern.includes('(?<secret>')
  const regex = compile(
    id,
    `(?:${definition.pattern})${RIGHT[definition.rightBoundary ?? 'token']}`,
    `y${hasSecret ? 'd' : ''}${isFolded ? 'i' : ''}`,
  )
  let head: readonly UnitSet[] | undefined
  return {
    skipsPlaceholders: true,
    get head() {
      head ??= headOf(definition.pattern, isFolded)
      return head
    },
    exec: (text, at) => {
      regex.lastIndex = at
      const match = regex.exec(text)
      if (match === null || match[0].length > maxLength) return null
      const end = at + match[0].length
      const [secretStart, secretEnd] = match.indices?.groups?.secret ?? [at, end]
      return { end, secretStart, secretEnd }
    },
  }
}

function compile(ruleId: string, source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags)
  } catch {
    throw new ConfigError(`The pattern of rule "${ruleId}" is not a regular expression.`)
  }
}
