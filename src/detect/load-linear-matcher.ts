import type { RE2JS } from 're2js'
import { DependencyError } from '../errors.js'
import { createLinearMatcher } from './linear-matcher.js'
import type { MatcherFactory } from './matcher.js'

/** The part of Node's `process` that finds a built-in module without an import, which a browser could not load. */
interface Runtime {
  readonly process?: {
    getBuiltinModule?(id: 'module'): { createRequire(from: string): (id: string) => unknown } | undefined
  }
}

/**
 * Loads re2js when the first rule of a user's own asks for it: 260 kB that nobody else should pay for.
 * @throws DependencyError where modules cannot be loaded at run time, as in a browser or in one bundled file.
 */
export function loadLinearMatcher(): MatcherFactory {
  const { process } = globalThis as Runtime
  try {
    const require = process!.getBuiltinModule!('module')!.createRequire(import.meta.url)
    const loaded = require('re2js') as { readonly RE2JS: typeof RE2JS }
    return (rule) => createLinearMatcher(rule, loaded.RE2JS)
  } catch {
    throw new DependencyError(
      'A rule of your own runs through re2js, which could not be loaded here. Pass it along: ' +
        "createDetector({ rules, matcher: linearMatcher }), with linearMatcher from 'langgraph-secret-safe/linear'.",
    )
  }
}
