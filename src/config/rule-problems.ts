import { endOf } from '../detect/allow-entry.js'
import type { Rule } from '../detect/types.js'
import { stockRules } from '../detect-entry.js'
import type { SecretSafeConfig } from './config.js'
import { rulesOf } from './detector-of.js'
import { problemOfId, successorOf } from './rule-ids.js'
import type { Problem } from './shape.js'

/** Rules that a configuration names and that are not there; a rule without a condition to find it by; an empty entry. */
export function problemOfRules(config: SecretSafeConfig, stock: readonly Rule[] = stockRules): Problem | undefined {
  const { rules = {}, customRules = [], allow = [] } = config.detector ?? {}
  const known = rulesOf(config, stock)
  for (const id of Object.keys(rules)) {
    const message = problemOfId(id, known)
    if (message !== undefined) return { path: ['detector', 'rules', id], message }
  }
  for (const [i, { examples }] of customRules.entries()) {
    const path = ['detector', 'customRules', i]
    if (examples.length === 0) return { path: [...path, 'examples'], message: 'a rule needs at least one example' }
    const { definition, context } = known[stock.length + i]!
    if (definition.anchors.length === 0 && context === undefined) {
      const message =
        'its pattern does not begin with three literal characters: give anchors, or the keys or near words that stand around it'
      return { path, message }
    }
  }
  for (const [i, { rule, path, pattern, fingerprint }] of allow.entries()) {
    const at = ['detector', 'allow', i]
    if (rule === undefined && path === undefined && pattern === undefined && fingerprint === undefined) {
      return {
        path: at,
        message: 'needs a rule, a path, a pattern or a fingerprint; with none it would allow everything',
      }
    }
    const message = rule === undefined || rule === 'named-field' ? undefined : problemOfId(rule, known)
    if (message !== undefined) return { path: [...at, 'rule'], message }
  }
  return undefined
}

/** What works, but not as someone may think: deprecated ids, and entries that have ended. */
export function warningsOf(
  config: SecretSafeConfig,
  stock: readonly Rule[] = stockRules,
  now = Date.now(),
): readonly Problem[] {
  const { rules = {}, allow = [] } = config.detector ?? {}
  const known = rulesOf(config, stock)
  const deprecated = (id: string, path: Problem['path']): Problem[] => {
    const reason = known.find((rule) => rule.id === id)?.deprecated
    if (reason === undefined) return []
    const successor = successorOf(id, known)
    const instead = successor === undefined ? `(${reason})` : `and stands for "${successor}"; name that one`
    return [{ path, message: `the rule id is deprecated ${instead}` }]
  }
  return [
    ...Object.keys(rules).flatMap((id) => deprecated(id, ['detector', 'rules', id])),
    ...allow.flatMap(({ rule, until }, i) => {
      const path = ['detector', 'allow', i]
      const ended = until !== undefined && endOf(until)! <= now
      const message = `this entry ended on ${until} and allows nothing any more; take it out, or give it a new date`
      return [...(rule === undefined ? [] : deprecated(rule, [...path, 'rule'])), ...(ended ? [{ path, message }] : [])]
    }),
  ]
}

const warned = new Set<string>()

/** Loud, and once for a process: a configuration may be read by every graph. */
export function warnOnce(message: string): void {
  if (warned.has(message)) return
  warned.add(message)
  process.emitWarning(message, { code: 'SECRET_SAFE_CONFIG' })
}
