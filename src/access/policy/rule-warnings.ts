import { endOfRule } from './compiled-rule.js'
import { asList, type PolicyConditions, type PolicyDefinition, type PolicyRule } from './definition.js'
import { namePatterns, patternCovers } from './name-patterns.js'
import { isNamed, type SecretClasses, severityRank } from './secret-class.js'

/** A rule that does nothing, and why. */
export interface RuleWarning {
  /** Where in the policy. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/**
 * Rules that can never fit, or whose word never counts: a deny rule with a mistyped name forbids nothing, and nobody
 * notices. What is found is certain; what is not found may still be.
 * @param now ms since the epoch.
 */
export function warningsOfRules(
  { rules }: PolicyDefinition,
  classes: SecretClasses,
  now: number,
): readonly RuleWarning[] {
  const known = { rule: [...classes.ids], provider: [...classes.providers] }
  return rules.flatMap((rule, i) => {
    const path = ['rules', i]
    const end = rule.until === undefined ? Number.POSITIVE_INFINITY : endOfRule(rule.until)!
    if (end <= now) return [{ path: [...path, 'until'], message: 'the rule has ended; take it out' }]
    return [...unknownNames(rule, known, path), ...overruled(rule, i, rules, path)]
  })
}

type Known = Readonly<Record<'rule' | 'provider', readonly string[]>>

function unknownNames({ when = {}, unless = {} }: PolicyRule, known: Known, path: RuleWarning['path']): RuleWarning[] {
  const sections = { when, unless }
  return (['when', 'unless'] as const).flatMap((section) =>
    (['rule', 'provider'] as const).flatMap((name) => {
      const given = sections[section][name] ?? []
      return asList<string>(given).flatMap((pattern, i) => {
        const { matches } = namePatterns(name === 'provider' ? pattern.toLowerCase() : pattern)
        if (known[name].some(matches) || (name === 'rule' && isNamed(pattern))) return []
        const at = typeof given === 'string' ? [] : [i]
        const what = name === 'rule' ? 'detection rule' : 'provider'
        return [{ path: [...path, section, name, ...at], message: `no ${what} has this name` }]
      })
    }),
  )
}

/** By another rule that fits wherever this one does, and whose word goes before it. Of two alike, the later one. */
function overruled(
  rule: PolicyRule,
  i: number,
  rules: readonly PolicyRule[],
  path: RuleWarning['path'],
): RuleWarning[] {
  const { when = {}, unless } = rule
  if (unless !== undefined && implies(when, unless))
    return [{ path, message: 'it never fits: unless holds whenever when does' }]
  const wider = rules.find((other, k) => {
    if (k === i || other.unless !== undefined || !lasts(other, rule)) return false
    if (!implies(when, other.when ?? {})) return false
    if (other.effect === rule.effect) return other.effect !== 'approve' && (k < i || !implies(other.when ?? {}, when))
    return goesBefore(other.effect, rule.effect)
  })
  if (wider === undefined) return []
  const told = `"${wider.id}" fits wherever it does`
  if (wider.effect === rule.effect) return [{ path, message: `it changes nothing: ${told}` }]
  return [{ path, message: `it never decides: ${told}, and ${wider.effect} goes before ${rule.effect}` }]
}

const ORDER = ['deny', 'approve', 'allow']
const goesBefore = (a: string, b: string): boolean => ORDER.indexOf(a) < ORDER.indexOf(b)

const lasts = (other: PolicyRule, rule: PolicyRule): boolean =>
  other.until === undefined || (rule.until !== undefined && endOfRule(other.until)! >= endOfRule(rule.until)!)

/** Whether all that fits `narrow` fits `wide`: each of its conditions follows from the one of the same name. */
function implies(narrow: PolicyConditions, wide: PolicyConditions): boolean {
  return (Object.keys(wide) as (keyof PolicyConditions)[]).every((name) => {
    const given = narrow[name]
    return given !== undefined && wide[name] !== undefined && follows(name, given, wide[name])
  })
}

function follows(name: keyof PolicyConditions, narrow: unknown, wide: unknown): boolean {
  switch (name) {
    case 'minSeverity':
      return severityRank(narrow as never) >= severityRank(wide as never)
    case 'claims':
    case 'time':
      return JSON.stringify(narrow) === JSON.stringify(wide)
    default: {
      const covering = asList(wide as string)
      const lower = name === 'provider' ? (text: string) => text.toLowerCase() : (text: string) => text
      return asList(narrow as string).every((mine) =>
        covering.some((theirs) => patternCovers(lower(theirs), lower(mine))),
      )
    }
  }
}
