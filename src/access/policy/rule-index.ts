import type { AccessRequest } from '../authorizer.js'
import { VERBS, type Verb } from '../authorizer.js'
import { type CompiledRule, fits, specialize } from './compiled-rule.js'
import type { ConditionName, Truth } from './conditions.js'
import type { Effect } from './definition.js'

/** Rule ids and principals come back again and again; what a caller makes up does not fill memory. */
const MAX_KEPT = 4_096
/** Longer names are decided without being kept. */
const MAX_KEPT_LENGTH = 256

const BY_SECRET: ReadonlySet<ConditionName> = new Set(['verb', 'rule', 'provider', 'kind', 'minSeverity'])
const BY_PRINCIPAL: ReadonlySet<ConditionName> = new Set(['sub', 'agent'])

/** The rules that may fit, each without what is answered already, by effect and then by id. */
export type Candidates = Readonly<Record<Effect, readonly CompiledRule[]>>

export interface Match {
  readonly rule: CompiledRule
  readonly certain: boolean
}

/** One verb and one rule id: their rules, and of these what is left for each principal. */
interface Bucket {
  readonly rules: readonly CompiledRule[]
  readonly bySub: Map<string, Map<string | undefined, Candidates>>
}

/**
 * Which rules may fit, by verb, rule id, and who asks: most of a policy is about other secrets and other people. Keys are
 * strings, never objects: who holds a principal could change it.
 */
export class RuleIndex {
  readonly #rules: readonly CompiledRule[]
  readonly #byVerb = new Map<Verb, Map<string, Bucket>>(VERBS.map((verb) => [verb, new Map()]))
  #kept = 0

  /** @param rules sorted by id, so that their order in a file does not matter. */
  constructor(rules: readonly CompiledRule[]) {
    this.#rules = rules
  }

  /** @throws TypeError for a verb that there is not. */
  for(request: AccessRequest): Candidates {
    const buckets = this.#byVerb.get(request.verb)
    if (buckets === undefined) throw new TypeError('unknown verb')
    const { sub, act } = request.principal
    const bucket = buckets.get(request.claim.ruleId)
    const found = bucket?.bySub.get(sub)?.get(act)
    return found ?? this.#make(request, buckets, bucket)
  }

  #make(request: AccessRequest, buckets: Map<string, Bucket>, known: Bucket | undefined): Candidates {
    const { sub, act } = request.principal
    const { ruleId } = request.claim
    const bucket = known ?? { rules: specializeAll(this.#rules, request, BY_SECRET), bySub: new Map() }
    const candidates = byEffect(specializeAll(bucket.rules, request, BY_PRINCIPAL))
    if (Math.max(sub.length, act?.length ?? 0, ruleId.length) > MAX_KEPT_LENGTH) return candidates
    if (this.#kept >= MAX_KEPT) this.#forget()
    this.#kept += 1
    buckets.set(ruleId, bucket)
    bucket.bySub.set(sub, (bucket.bySub.get(sub) ?? new Map()).set(act, candidates))
    return candidates
  }

  #forget(): void {
    for (const buckets of this.#byVerb.values()) {
      for (const { bySub } of buckets.values()) bySub.clear()
      buckets.clear()
    }
    this.#kept = 0
  }
}

// The loops below run for every decision, and go by index: iterators and callbacks would cost more than the tests.

/** The first of which the truth is not false; for an allow rule, is true. */
export function firstFitting(
  rules: readonly CompiledRule[],
  request: AccessRequest,
  unknown: 'counts' | 'does not count',
): CompiledRule | undefined {
  for (let i = 0; i < rules.length; i++) {
    const truth: Truth = fits(rules[i]!, request)
    if (truth === true || (truth === undefined && unknown === 'counts')) return rules[i]
  }
  return undefined
}

const NONE: readonly Match[] = []

/** All that fit or may, and which of them fit for certain. */
export function allFitting(rules: readonly CompiledRule[], request: AccessRequest): readonly Match[] {
  let found: Match[] | undefined
  for (let i = 0; i < rules.length; i++) {
    const truth = fits(rules[i]!, request)
    if (truth === false) continue
    found ??= []
    found.push({ rule: rules[i]!, certain: truth === true })
  }
  return found ?? NONE
}

function specializeAll(
  rules: readonly CompiledRule[],
  request: AccessRequest,
  answered: ReadonlySet<ConditionName>,
): readonly CompiledRule[] {
  return rules.flatMap((rule) => specialize(rule, request, answered) ?? [])
}

function byEffect(rules: readonly CompiledRule[]): Candidates {
  const of = (effect: Effect) => rules.filter((rule) => rule.effect === effect)
  return { deny: of('deny'), approve: of('approve'), allow: of('allow') }
}
