import { type AccessRequest, type Authorizer, type Decision, sameTenantAuthorizer } from '../authorizer.js'
import { mergeApprovals } from './approval.js'
import { type CompiledRule, compileRule, fits } from './compiled-rule.js'
import type { ConditionName, NamedTest, Truth } from './conditions.js'
import type { Effect, PolicyDefinition } from './definition.js'
import { allFitting, firstFitting, RuleIndex } from './rule-index.js'
import type { SecretClasses } from './secret-class.js'
import { WallClocks } from './time-window.js'
import { UNAVAILABLE } from './unavailable.js'

export interface PolicyContext {
  readonly environment: string | undefined
  readonly classes: SecretClasses
}

/** What one rule had to say. */
export interface RuleExplanation {
  readonly id: string
  readonly effect: Effect
  readonly description?: string
  /** `unknown`: it rests on what the request does not tell. A deny or approve rule then counts, an allow rule does not. */
  readonly fits: 'yes' | 'no' | 'unknown'
  /** The first condition that did not hold, else the first that is unknown: `when.channel`, `unless`, `until`. */
  readonly because?: `when.${ConditionName}` | 'unless' | 'until'
  /** Whether the decision names it. */
  readonly decided: boolean
}

export interface PolicyExplanation {
  readonly decision: Decision
  /** In the order of the policy. */
  readonly rules: readonly RuleExplanation[]
}

const BY_DEFAULT: Decision = Object.freeze({ allowed: true, reason: 'no rule is against it' })
const NO_RULE: Decision = Object.freeze({ allowed: false, reason: 'no rule allows it' })

/**
 * The built-in engine. A tenant's border and allow lists go before it; then a deny rule overrides everything, and an
 * approve rule a plain allow. What it cannot decide is denied.
 * @see docs/policy.md
 */
export class Policy implements Authorizer {
  readonly #rules: readonly CompiledRule[]
  readonly #index: RuleIndex
  readonly #isOpen: boolean

  /** @param definition one that was found valid: `createPolicy` does both. */
  constructor(definition: PolicyDefinition, { environment, classes }: PolicyContext) {
    const context = { environment, classes, timeZone: definition.timeZone ?? 'UTC', clocks: new WallClocks() }
    this.#rules = definition.rules.map((rule) => compileRule(rule, context))
    this.#index = new RuleIndex(this.#rules.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    this.#isOpen = definition.default === 'allow'
  }

  /** How many rules there are. */
  get size(): number {
    return this.#rules.length
  }

  /** Never throws: what fails denies. */
  decide(request: AccessRequest): Decision {
    try {
      return this.#decide(request)
    } catch {
      return UNAVAILABLE
    }
  }

  /** For each rule whether it fits, and which one decided. Slower than `decide`, which it asks. */
  explain(request: AccessRequest): PolicyExplanation {
    const decision = this.decide(request)
    const deciding = new Set(decision.rule?.split(' + '))
    return { decision, rules: this.#rules.map((rule) => explainRule(rule, request, deciding.has(rule.id))) }
  }

  #decide(request: AccessRequest): Decision {
    // A deny rule with an end would not fit either.
    if (!Number.isFinite(request.at.now)) throw new RangeError('a request without its time')
    const base = sameTenantAuthorizer.decide(request)
    if (base.forbidden === true) return base
    const { deny, approve, allow } = this.#index.for(request)
    const denying = firstFitting(deny, request, 'counts')
    if (denying !== undefined) return denying.decision
    const permitting = firstFitting(allow, request, 'does not count')
    const asking = allFitting(approve, request)
    if (asking.length === 0) return this.#permit(base, permitting)
    const isPermitted =
      base.allowed && (permitting !== undefined || this.#isOpen || asking.some(({ certain }) => certain))
    return approval(
      asking.map(({ rule }) => rule),
      isPermitted,
    )
  }

  #permit(base: Decision, permitting: CompiledRule | undefined): Decision {
    if (permitting === undefined && !this.#isOpen) return NO_RULE
    if (!base.allowed) return base
    return permitting?.decision ?? BY_DEFAULT
  }
}

/** Where approval is asked for, a grant does not stand in for it: what is not permitted is forbidden. */
function approval(rules: readonly CompiledRule[], isPermitted: boolean): Decision {
  const rule = rules.map(({ id }) => id).join(' + ')
  if (!isPermitted) return { allowed: false, reason: 'no rule allows it, even with approval', rule, forbidden: true }
  if (rules.length === 1) return rules[0]!.decision
  const merged = mergeApprovals(rules.map((each) => each.approval!))
  return merged === null
    ? { allowed: false, reason: 'no one may approve for all of the rules that ask for it', rule, forbidden: true }
    : { allowed: true, reason: 'needs approval', rule, approval: merged }
}

function explainRule(rule: CompiledRule, request: AccessRequest, decided: boolean): RuleExplanation {
  const { id, effect, description } = rule
  const truth = fits(rule, request)
  const because = truth === true ? undefined : reasonOf(rule, request, truth)
  return {
    id,
    effect,
    ...(description === undefined ? {} : { description }),
    fits: truth === undefined ? 'unknown' : truth ? 'yes' : 'no',
    ...(because === undefined ? {} : { because }),
    decided,
  }
}

function reasonOf(rule: CompiledRule, request: AccessRequest, truth: Truth): RuleExplanation['because'] {
  if (!(request.at.now < rule.endsAt)) return 'until'
  const condition = firstWith(rule.when, request, truth)
  return condition === undefined ? 'unless' : `when.${condition}`
}

function firstWith(tests: readonly NamedTest[], request: AccessRequest, truth: Truth): ConditionName | undefined {
  return tests.find(([, test]) => test(request) === truth)?.[0]
}
