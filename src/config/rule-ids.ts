import { BUILT_IN } from '../detect/built-in.js'
import type { Rule, RuleAction, SecretKind } from '../detect/types.js'

/** Found because the application said so, or because it repeats what it said: sealed whatever a configuration says. */
const MARKS: ReadonlySet<string> = new Set([
  BUILT_IN.fieldPath.id,
  BUILT_IN.knownValue.id,
  'marked-secret',
  'marked-field',
])

/** Ids that no rule of a user's own may take. */
export const isReservedId = (id: string): boolean => MARKS.has(id) || id === BUILT_IN.namedField.id

/** What is wrong with a rule id under `detector.rules`; undefined when it is known, deprecated ones included. */
export function problemOfId(id: string, rules: readonly Rule[]): string | undefined {
  if (rules.some((rule) => rule.id === id)) return undefined
  if (MARKS.has(id)) return 'what an application marks is always sealed; take the mark away instead'
  if (id === BUILT_IN.namedField.id)
    return 'has no action of its own; let its findings stay under detector.allow, with a reason'
  const near = nearest(
    id,
    rules.map((rule) => rule.id),
  )
  const hint = near === undefined ? '' : `; did you mean "${near}"?`
  return `there is no rule of this id${hint || '; docs/rules.md lists them'}`
}

/**
 * What to do with each rule's findings: by its id, else by its kind, else as the rule says. A deprecated id stands for
 * its successor, where the configuration does not name that one itself.
 */
export function withActions(
  rules: readonly Rule[],
  byId: Readonly<Record<string, RuleAction>>,
  byKind: Readonly<Partial<Record<SecretKind, RuleAction>>>,
): readonly Rule[] {
  const named = new Map(Object.entries(byId))
  for (const [id, action] of Object.entries(byId)) {
    const successor = successorOf(id, rules)
    if (successor !== undefined && !named.has(successor)) named.set(successor, action)
  }
  return rules.map((rule) => {
    const action = named.get(rule.id) ?? byKind[rule.kind]
    return action === undefined || action === rule.action ? rule : { ...rule, action }
  })
}

/** The rule that took the place of a deprecated one. */
export function successorOf(id: string, rules: readonly Rule[]): string | undefined {
  const { deprecated } = rules.find((rule) => rule.id === id) ?? {}
  return deprecated === undefined ? undefined : rules.find((rule) => rule.id === deprecated)?.id
}

/** The most similar id, if it is similar at all. */
export function nearest(id: string, known: readonly string[]): string | undefined {
  if (id.length > 128) return undefined
  let best: string | undefined
  let least = Math.max(2, Math.floor(id.length / 3)) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - id.length) >= least) continue
    const distance = editDistance(id, candidate)
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return best
}

/** Levenshtein's. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
