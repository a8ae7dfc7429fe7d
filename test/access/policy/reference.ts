import type { AccessRequest } from '../../../src/access/authorizer.js'
import {
  asList,
  type PolicyConditions,
  type PolicyDefinition,
  type PolicyRule,
} from '../../../src/access/policy/definition.js'
import { stockRules } from '../../../src/detect-entry.js'

type Verdict = 'yes' | 'no' | 'maybe'
const RANKS = ['low', 'medium', 'high', 'critical']
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The documented semantics once more, as plainly as they can be written: slow, and without any of the engine's parts. */
export function referenceDecision(policy: PolicyDefinition, request: AccessRequest, environment: string | undefined) {
  const { principal, claim, verb } = request
  if (principal.tenant !== undefined && principal.tenant !== claim.tenant) return { effect: 'forbid', rules: [] }
  const verdicts = policy.rules.map((rule) => ({ rule, verdict: ofRule(rule, request, environment) }))
  const ids = (effect: string, accepted: readonly Verdict[]) =>
    verdicts
      .filter(({ rule, verdict }) => rule.effect === effect && accepted.includes(verdict))
      .map(({ rule }) => rule.id)
      .sort()
  const denying = ids('deny', ['yes', 'maybe'])
  if (denying.length > 0) return { effect: 'forbid', rules: denying.slice(0, 1) }
  const allowing = ids('allow', ['yes'])
  const asking = ids('approve', ['yes', 'maybe'])
  const permitted = allowing.length > 0 || policy.default === 'allow' || ids('approve', ['yes']).length > 0
  const consumers = ['restore', 'claim', 'peek', 'replace', 'copy']
  const listed =
    claim.allow === null ||
    !consumers.includes(verb) ||
    claim.allow.some((x) => x === principal.sub || x === principal.act)
  if (asking.length > 0) return { effect: permitted && listed ? 'approve' : 'forbid', rules: asking }
  if (!permitted || !listed) return { effect: 'deny', rules: [] }
  return { effect: 'allow', rules: allowing.slice(0, 1) }
}

function ofRule({ when, unless, until }: PolicyRule, request: AccessRequest, environment: string | undefined): Verdict {
  if (until !== undefined && request.at.now >= Date.parse(`${until}T00:00:00Z`) + 24 * 3_600_000) return 'no'
  const fits = all(when ?? {}, request, environment)
  const except = unless === undefined ? 'no' : all(unless, request, environment)
  const not = except === 'yes' ? 'no' : except === 'no' ? 'yes' : 'maybe'
  return both([fits, not])
}

const both = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('no') ? 'no' : verdicts.includes('maybe') ? 'maybe' : 'yes'

const all = (conditions: PolicyConditions, request: AccessRequest, environment: string | undefined): Verdict =>
  both(Object.keys(conditions).map((name) => one(name, conditions[name as never], request, environment)))

function one(name: string, wanted: never, request: AccessRequest, environment: string | undefined): Verdict {
  const { principal, claim, at, verb } = request
  const whole = claim.id === '*'
  const rule = stockRules.find(({ id }) => id === claim.ruleId)
  const special = ['known-value', 'handoff', 'named-field', 'field-path', 'marked-secret', 'marked-field']
  const isSpecial = special.includes(claim.ruleId)
  const is = (truth: boolean): Verdict => (truth ? 'yes' : 'no')
  const named = (value: string | undefined): Verdict => {
    const patterns = asList<string>(wanted)
    if (patterns.some((pattern) => /^\*+$/.test(pattern))) return 'yes'
    return value === undefined ? 'maybe' : is(patterns.some((pattern) => glob(pattern).test(value)))
  }
  switch (name) {
    case 'sub':
      return named(principal.sub)
    case 'agent':
      return principal.act === undefined ? 'no' : named(principal.act)
    case 'via':
      return is(asList<string>(wanted).includes(principal.via ?? 'code'))
    case 'claims':
      return is(claimsHold(wanted, principal.claims ?? {}))
    case 'tenant':
      return named(claim.tenant)
    case 'verb':
      return is(asList<string>(wanted).includes(verb))
    case 'mode':
      return whole
        ? asList<string>(wanted).length === 3
          ? 'yes'
          : 'maybe'
        : is(asList<string>(wanted).includes(claim.mode))
    case 'rule':
      return named(claim.ruleId === '*' ? undefined : claim.ruleId)
    case 'provider':
      return named(rule?.provider.toLowerCase())
    case 'kind': {
      const kind = rule?.kind ?? (isSpecial ? 'private' : undefined)
      const kinds = asList<string>(wanted)
      return kinds.length === 4 ? 'yes' : kind === undefined ? 'maybe' : is(kinds.includes(kind))
    }
    case 'minSeverity': {
      if (wanted === 'low') return 'yes'
      if (rule !== undefined) return is(RANKS.indexOf(rule.severity) >= RANKS.indexOf(wanted))
      if (!isSpecial) return 'maybe'
      if (wanted !== 'critical') return 'yes'
      return ['known-value', 'handoff'].includes(claim.ruleId) ? 'maybe' : 'no'
    }
    case 'thread':
      return named(whole && claim.threadId === '' ? undefined : claim.threadId)
    case 'run':
      return named(at.runId)
    case 'node':
      return named(at.node)
    case 'channel':
      return named(at.channel)
    case 'environment':
      return named(environment)
    case 'time':
      return is(asList<object>(wanted).some((window) => inWindow(window as never, at.now)))
    default:
      throw new Error(`no such condition: ${name}`)
  }
}

const glob = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^]*')}$`)

function claimsHold(wanted: Record<string, unknown>, said: unknown): boolean {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return false
  return Object.entries(wanted).every(([name, value]) => {
    const own = new Map(Object.entries(said))
    if (!own.has(name)) return false
    const got = own.get(name)
    if (typeof value === 'object' && !Array.isArray(value)) return claimsHold(value as never, got)
    const options = Array.isArray(value) ? value : [value]
    const things = Array.isArray(got) ? got : name === 'scope' && typeof got === 'string' ? got.split(' ') : [got]
    return things.some((thing) =>
      options.some((option) =>
        typeof option === 'string' && typeof thing === 'string' ? glob(option).test(thing) : option === thing,
      ),
    )
  })
}

/** Reads the wall clock minute by minute as a person would, in words. */
function inWindow(
  {
    from = '00:00',
    to = '24:00',
    days,
    timeZone = 'UTC',
  }: { from?: string; to?: string; days?: string; timeZone?: string },
  now: number,
): boolean {
  const shown = new Date(now).toLocaleString('en-GB', { timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit' })
  const time = /\d\d:\d\d/.exec(shown)![0]
  const today = DAYS.findIndex((day) => shown.includes(day))
  const wanted = days === undefined ? DAYS.map((day) => day.slice(0, 3).toLowerCase()) : asList<string>(days)
  const has = (day: number) => wanted.includes(DAYS[(day + 7) % 7]!.slice(0, 3).toLowerCase())
  if (from < to) return from <= time && time < to && has(today)
  return (time >= from && has(today)) || (time < to && has(today - 1))
}
