import { type AccessRequest, VERBS, type Verb } from '../authorizer.js'
import { type CompiledRule, fits, specialize } from './compiled-rule.js'
import type { Truth } from './conditions.js'
import type { Effect } from './definition.js'

/** Rule ids come from stored claims and are few; what a caller makes up does not fill memory. */
const MAX_BUCKETS = 4_096

type Ranked = readonly [rank: number, rule: CompiledRule]

/** Rules of one effect that may fit a verb and a rule id: those for named subjects by name, and the rest. */
class Candidates {
  readonly #bySub = new Map<string, Ranked[]>()
  readonly #rest: Ranked[] = []

  constructor(rules: readonly CompiledRule[]) {
    for (const [rank, rule] of rules.entries()) {
      if (rule.subs === undefined) this.#rest.push([rank, rule])
      else for (const sub of rule.subs) this.#bySub.set(sub, [...(this.#bySub.get(sub) ?? []), [rank, rule]])
    }
  }

  /** The first by id of those that fit, or that may. */
  first(request: AccessRequest, wanted: (truth: Truth) => boolean): CompiledRule | undefined {
    const named = firstOf(this.#bySub.get(request.principal.sub), request, wanted, Number.POSITIVE_INFINITY)
    const other = firstOf(this.#rest, request, wanted, named?.[0] ?? Number.POSITIVE_INFINITY)
    return (other ?? named)?.[1]
  }

  /** All that fit or may, by id, and which of them fit for certain. */
  matching(request: AccessRequest): readonly { readonly rule: CompiledRule; readonly certain: boolean }[] {
    const found = [...(this.#bySub.get(request.principal.sub) ?? []), ...this.#rest].flatMap(([rank, rule]) => {
      const truth = fits(rule, request)
      return truth === false ? [] : [{ rank, rule, certain: truth === true }]
    })
    return found.length < 2 ? found : found.toSorted((a, b) => a.rank - b.rank)
  }

  get isEmpty(): boolean {
    return this.#rest.length === 0 && this.#bySub.size === 0
  }
}

function firstOf(
  ranked: readonly Ranked[] | undefined,
  request: AccessRequest,
  wanted: (truth: Truth) => boolean,
  before: number,
): Ranked | undefined {
  if (ranked === undefined) return undefined
  for (const each of ranked) {
    if (each[0] >= before) return undefined
    if (wanted(fits(each[1], request))) return each
  }
  return undefined
}

type Bucket = Readonly<Record<Effect, Candidates>>

/** Which rules may fit, by verb and rule id: most of a policy is about other secrets and other people. */
export class RuleIndex {
  readonly #rules: readonly CompiledRule[]
  readonly #byVerb = new Map<Verb, Map<string, Bucket>>(VERBS.map((verb) => [verb, new Map()]))

  /** @param rules sorted by id, so that their order in a file does not matter. */
  constructor(rules: readonly CompiledRule[]) {
    this.#rules = rules
  }

  /** @throws TypeError for a verb that there is not. */
  for(request: AccessRequest): Bucket {
    const buckets = this.#byVerb.get(request.verb)
    if (buckets === undefined) throw new TypeError('unknown verb')
    const { ruleId } = request.claim
    const found = buckets.get(ruleId)
    if (found !== undefined) return found
    if (buckets.size >= MAX_BUCKETS) buckets.clear()
    const bucket = this.#bucket(request)
    buckets.set(ruleId, bucket)
    return bucket
  }

  #bucket(request: AccessRequest): Bucket {
    const possible = this.#rules.flatMap((rule) => specialize(rule, request) ?? [])
    const of = (effect: Effect) => new Candidates(possible.filter((rule) => rule.effect === effect))
    return { deny: of('deny'), approve: of('approve'), allow: of('allow') }
  }
}
