import type { SecretKind, Severity } from '../../detect/types.js'
import type { AccessRequest, ApprovalRequirement, Verb } from '../authorizer.js'
import type { Principal } from '../principal.js'

/** One or several names; `*` is any run of characters, also none. Upper and lower case differ. */
export type Names = string | readonly string[]

export const EFFECTS = ['allow', 'deny', 'approve'] as const
export type Effect = (typeof EFFECTS)[number]

export const MODES = ['resume', 'handoff', 'lease'] as const satisfies readonly AccessRequest['claim']['mode'][]
export type Mode = (typeof MODES)[number]

export const VIAS = ['code', 'token', 'platform'] as const satisfies readonly Principal['via'][]
export const KINDS = ['private', 'publishable', 'test', 'identifier'] as const satisfies readonly SecretKind[]
/** From the least to the most. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[]
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** What a token has to say: a value, one of several, or the same of what lies inside a claim. A list that it holds must include one. */
export type ClaimValue = string | number | boolean
export interface ClaimConditions {
  readonly [name: string]: ClaimValue | readonly ClaimValue[] | ClaimConditions
}

/** Part of a day or of a week by the clock on the wall; `from` counts, `to` does not. Over midnight when `to` is earlier. */
export interface TimeWindow {
  /** `HH:MM`; `00:00` unless told. */
  readonly from?: string
  /** `HH:MM`, or `24:00`, which it is unless told. */
  readonly to?: string
  /** On which a window begins; every day unless told. */
  readonly days?: Weekday | readonly Weekday[]
  /** An IANA name, such as `Europe/Berlin`; the policy's unless told. */
  readonly timeZone?: string
}

/** All that are given must hold. What a request does not tell is unknown: see docs/policy.md. */
export interface PolicyConditions {
  /** The user or workload. */
  readonly sub?: Names
  /** The agent acting for it; a principal without one never fits. */
  readonly agent?: Names
  readonly claims?: ClaimConditions
  readonly via?: NonNullable<Principal['via']> | readonly NonNullable<Principal['via']>[]
  /** Of the claim; a principal of another tenant is refused before any rule. */
  readonly tenant?: Names
  readonly verb?: Verb | readonly Verb[]
  readonly mode?: Mode | readonly Mode[]
  /** Id of the rule that found the secret. */
  readonly rule?: Names
  /** Of that rule: the service that the secret opens, such as `github`; in any case. */
  readonly provider?: Names
  readonly kind?: SecretKind | readonly SecretKind[]
  /** That severity or a higher one. */
  readonly minSeverity?: Severity
  readonly thread?: Names
  readonly run?: Names
  readonly node?: Names
  /** Of the state that is read. */
  readonly channel?: Names
  readonly environment?: Names
  /** One window, or several of which one must hold. */
  readonly time?: TimeWindow | readonly TimeWindow[]
}

interface RuleBase {
  /** Unique; the ledger and `explain` name it. */
  readonly id: string
  /** For people. */
  readonly description?: string
  /** Every request unless told. */
  readonly when?: PolicyConditions
  /** And not all of these. */
  readonly unless?: PolicyConditions
  /** Last day on which the rule is in force, in UTC, such as `2027-01-31`; or an instant, such as `2027-01-31T18:00Z`. */
  readonly until?: string
}

/** `approve`: allowed once those of `approval` have agreed. */
export type PolicyRule =
  | (RuleBase & { readonly effect: 'allow' | 'deny'; readonly approval?: undefined })
  | (RuleBase & { readonly effect: 'approve'; readonly approval: ApprovalRequirement })

/** What may be done with claims, and by whom. The order of the rules does not matter. */
export interface PolicyDefinition {
  readonly rules: readonly PolicyRule[]
  /** Where no rule fits; `deny` unless told. */
  readonly default?: 'allow' | 'deny'
  /** Of windows that name none; `UTC` unless told. */
  readonly timeZone?: string
}

export const asList = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T]
