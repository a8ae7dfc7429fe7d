import { endOf } from '../../detect/allow-entry.js'
import type { AccessRequest, ApprovalRequirement, Decision } from '../authorizer.js'
import {
  allOf,
  type ConditionContext,
  type ConditionName,
  compileConditions,
  type NamedTest,
  type Truth,
} from './conditions.js'
import type { Effect, PolicyRule } from './definition.js'

export interface CompiledRule {
  readonly id: string
  readonly effect: Effect
  readonly description: string | undefined
  readonly when: readonly NamedTest[]
  /** Undefined without one. */
  readonly unless: readonly NamedTest[] | undefined
  /** Ms since the epoch. */
  readonly endsAt: number
  readonly approval: ApprovalRequirement | undefined
  /** What it answers when it decides alone. */
  readonly decision: Decision
}

/** @param rule one that was found valid. */
export function compileRule(rule: PolicyRule, context: ConditionContext): CompiledRule {
  const { id, effect, description, when = {}, unless, until, approval } = rule
  return {
    id,
    effect,
    description,
    when: compileConditions(when, context),
    unless: unless === undefined ? undefined : compileConditions(unless, context),
    endsAt: until === undefined ? Number.POSITIVE_INFINITY : endOfRule(until)!,
    approval,
    decision: decisionOf(rule),
  }
}

/** Ms since the epoch; undefined for what is neither a date nor an instant with its offset. */
export function endOfRule(until: string): number | undefined {
  const day = endOf(until)
  if (day !== undefined) return day
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/.test(until)
    ? Date.parse(until)
    : NaN
  return Number.isNaN(instant) ? undefined : instant
}

/** Whether a rule fits a request; undefined when what the request does not tell would decide it. */
export function fits({ when, unless, endsAt }: CompiledRule, request: AccessRequest): Truth {
  if (!(request.at.now < endsAt)) return false
  const holds = allOf(when, request)
  if (holds === false || unless === undefined) return holds
  const excepted = allOf(unless, request)
  if (excepted === true) return false
  return excepted === undefined ? undefined : holds
}

/**
 * The rule without the conditions of `answered` that hold for a request; undefined when one of them does not. Good for
 * every request that is alike in what these rest on.
 */
export function specialize(
  rule: CompiledRule,
  request: AccessRequest,
  answered: ReadonlySet<ConditionName>,
): CompiledRule | undefined {
  const when: NamedTest[] = []
  for (const named of rule.when) {
    const [name, test] = named
    const truth = answered.has(name) ? test(request) : undefined
    if (truth === false) return undefined
    if (truth === undefined) when.push(named)
  }
  return { ...rule, when }
}

/** One object for all requests, so that a decision makes none. */
function decisionOf(rule: PolicyRule): Decision {
  const named = { rule: rule.id }
  switch (rule.effect) {
    case 'deny':
      return Object.freeze({ allowed: false, reason: 'a rule forbids it', ...named, forbidden: true })
    case 'allow':
      return Object.freeze({ allowed: true, reason: 'a rule allows it', ...named })
    case 'approve': {
      const approval = Object.freeze({ ...rule.approval, approvers: Object.freeze([...rule.approval.approvers]) })
      return Object.freeze({ allowed: true, reason: 'needs approval', ...named, approval })
    }
  }
}
