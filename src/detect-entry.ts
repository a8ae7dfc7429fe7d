import { checkExamples } from './detect/check-examples.js'
import { buildDetector, type Detector, type DetectorOptions } from './detect/detector.js'
import { loadLinearMatcher } from './detect/load-linear-matcher.js'
import { createSourceMatcher, type Matcher, type MatcherFactory } from './detect/matcher.js'
import { stockRules } from './rules/index.js'
import { fillExample, seededRandom } from './testing/templates.js'

export type { AllowEntry } from './detect/allow-entry.js'
export type { Allowed, Fingerprint } from './detect/allow-list.js'
export type { Detector, DetectorOptions } from './detect/detector.js'
export type { Matcher, MatcherFactory, PatternSource } from './detect/matcher.js'
export type { ScanStream } from './detect/scan-stream.js'
export type {
  Confidence,
  Encoding,
  Finding,
  Rule,
  RuleAction,
  RuleContext,
  RuleDefinition,
  ScanContext,
  SecretKind,
  Severity,
} from './detect/types.js'
export { stockRules } from './rules/index.js'

/**
 * Makes a detector from the stock rules, or from `rules` in their place: `[...stockRules, mine]` adds to them. A rule of
 * your own runs through a linear-time matcher, so that its pattern cannot stop the process, and is tried on its examples.
 * @throws ConfigError if a rule, a field path or an entry of `allow` is not usable; DependencyError if there is a rule of your own, and re2js
 * can neither be loaded nor was given as `matcher`.
 */
export function createDetector(options: DetectorOptions = {}): Detector {
  const { rules = stockRules } = options
  const matcher = matcherFor(options.matcher)
  const detector = buildDetector({ ...options, rules, matcher })
  for (const rule of rules) {
    if (!stockDefinitions.has(rule.definition)) checkExamples(rule, matcher(rule), fill)
  }
  return detector
}

/** The same every time: a rule that is accepted once is accepted always. */
const fill = (example: string) => fillExample(example, seededRandom(1))

/** Told by its definition: a copy of a stock rule that only changes the action keeps that. */
const stockDefinitions: ReadonlySet<unknown> = new Set(stockRules.map((rule) => rule.definition))

function matcherFor(given: MatcherFactory | undefined): MatcherFactory {
  let linear = given
  return (rule) => {
    if (stockDefinitions.has(rule.definition)) return whenUsed(() => createSourceMatcher(rule))
    linear ??= loadLinearMatcher()
    return linear(rule)
  }
}

/** Most rules are never tried in a process that ends soon, and a stock rule's pattern is known to be usable. */
function whenUsed(make: () => Matcher): Matcher {
  let made: Matcher | undefined
  return {
    skipsPlaceholders: true,
    get head() {
      made ??= make()
      return made.head ?? []
    },
    exec: (text, at) => {
      made ??= make()
      return made.exec(text, at)
    },
  }
}
