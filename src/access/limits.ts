import { InputError } from '../errors.js'
import { VERBS, type Verb } from './authorizer.js'
import type { Principal } from './principal.js'

/** What can be handed on. Ending, reinstating and copying stay with those who have the right themselves. */
export const GRANTABLE = ['restore', 'claim', 'peek', 'replace'] as const satisfies readonly Verb[]
export type GrantableVerb = (typeof GRANTABLE)[number]

/** How far a grant, or one step of a capability, goes. */
export interface Limits {
  /** For whom: subjects, each a `sub` or an `act`. */
  readonly audience: readonly string[]
  readonly verbs: readonly GrantableVerb[]
  /** Ms since the epoch, by the store's clock. */
  readonly expiresAt: number
  /** How many claims; null for as many as the claim itself allows. */
  readonly count: number | null
  /** Good in this run alone; null for any. */
  readonly runId: string | null
  /** Good for this task alone, such as a node's name; null for any. */
  readonly task: string | null
}

/** What somebody wants to do by what was handed to them. */
export interface Use {
  readonly verb: Verb
  readonly now: number
  readonly runId: string | undefined
  readonly task: string | undefined
}

/** What is left of `limits` to say when they are handed on; what is not told stays as it was. */
export interface Narrowing {
  readonly verbs?: readonly GrantableVerb[]
  /** From now on, in ms. */
  readonly ttlMs?: number
  readonly count?: number
  readonly runId?: string
  readonly task?: string
}

export function admits(limits: Limits, { verb, now, runId, task }: Use): boolean {
  return (
    (limits.verbs as readonly Verb[]).includes(verb) &&
    now < limits.expiresAt &&
    (limits.runId === null || limits.runId === runId) &&
    (limits.task === null || limits.task === task)
  )
}

export function isFor({ audience }: Pick<Limits, 'audience'>, { sub, act }: Pick<Principal, 'sub' | 'act'>): boolean {
  return audience.includes(sub) || (act !== undefined && audience.includes(act))
}

/**
 * The part of `limits` that is handed on to `audience`.
 * @throws InputError for what would go further than `limits`: nothing is ever widened, and nothing is cut in silence.
 */
export function narrow(limits: Limits, to: Narrowing, audience: readonly string[], now: number): Limits {
  const { verbs = limits.verbs, ttlMs, count = limits.count, runId = limits.runId, task = limits.task } = to
  const expiresAt = ttlMs === undefined ? limits.expiresAt : now + ttlMs
  const next = { audience, verbs, expiresAt, count, runId, task }
  const wider = widened(next, limits)
  if (wider !== undefined) throw new InputError(`What is handed on can only be narrowed, and ${wider} would be wider.`)
  return next
}

/** Names the first limit in which `next` goes further than `limits`; the audience is the caller's to compare. */
export function widened(next: Limits, limits: Limits): string | undefined {
  if (!next.verbs.every((verb) => limits.verbs.includes(verb))) return 'verbs'
  if (next.expiresAt > limits.expiresAt) return 'ttlMs'
  if (limits.count !== null && (next.count === null || next.count > limits.count)) return 'count'
  if (limits.runId !== null && next.runId !== limits.runId) return 'runId'
  if (limits.task !== null && next.task !== limits.task) return 'task'
  return undefined
}

/** @throws InputError for anything but a narrowing. */
export function checkNarrowing(given: Narrowing): void {
  const { verbs, ttlMs, count, runId, task } = given
  if (verbs !== undefined && !(Array.isArray(verbs) && verbs.length > 0 && verbs.every(isGrantable)))
    throw new InputError(`verbs is a list of ${GRANTABLE.join(', ')}.`)
  for (const [name, value] of Object.entries({ ttlMs, count })) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new InputError(`${name} is a whole number of 1 or more.`)
  }
  for (const [name, value] of Object.entries({ runId, task })) {
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw new InputError(`${name} is a non-empty string.`)
  }
}

/** @throws InputError for anything but a list of subjects. */
export function checkAudience(audience: unknown): readonly string[] {
  const valid =
    Array.isArray(audience) &&
    audience.length > 0 &&
    audience.length <= MAX_AUDIENCE &&
    audience.every((subject) => typeof subject === 'string' && subject !== '' && !subject.startsWith('system:'))
  if (!valid) throw new InputError(`An audience is a list of 1 to ${MAX_AUDIENCE} subjects, each a sub or an act.`)
  return [...(audience as readonly string[])]
}

const MAX_AUDIENCE = 100

const isGrantable = (verb: unknown): verb is GrantableVerb =>
  (VERBS as readonly unknown[]).includes(verb) && (GRANTABLE as readonly unknown[]).includes(verb)
