import { RE2JS } from 're2js'
import { createLinearMatcher } from './detect/linear-matcher.js'
import type { MatcherFactory } from './detect/matcher.js'

export type { Matcher, MatcherFactory } from './detect/matcher.js'

/**
 * The linear-time matcher for rules of your own, where it cannot be loaded on demand: in a browser, at the edge, or in
 * a bundle. `createDetector({ rules: [...stockRules, mine], matcher: linearMatcher })`.
 */
export const linearMatcher: MatcherFactory = (rule) => createLinearMatcher(rule, RE2JS)
