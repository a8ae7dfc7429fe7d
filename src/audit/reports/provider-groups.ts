import type { Severity } from '../../detect-entry.js'
import type { AuditReport, SecretSummary } from '../report.js'
import { groupBy } from './group.js'
import { safeLink } from './shown.js'
import { counted, isDate, opensSomething, SEVERITIES } from './wording.js'

/** What leaked of one provider, and where its secrets are rotated. */
export interface ProviderGroup {
  readonly provider: string
  /** Null when no secret of it has a link that may be shown. */
  readonly link: string | null
  readonly secrets: readonly SecretSummary[]
  /** Those that open something: neither public by design, nor a mere name, nor of a sandbox. */
  readonly toRotate: readonly SecretSummary[]
  /** Of what is to rotate, or of all when nothing is. */
  readonly worst: Severity
  /** Different threads. A report lists a hundred places of a secret, so there may be more where `isThreadFloor`. */
  readonly threads: number
  readonly isThreadFloor: boolean
  readonly copies: number
  readonly firstSeen: number | null
  /** Each once, in order of first mention. */
  readonly owners: readonly string[]
}

/** What to rotate first comes first: by the worst secret, then by exposure (threads, copies, age). */
export function providerGroups({ secrets }: Pick<AuditReport, 'secrets'>): ProviderGroup[] {
  const byProvider = groupBy(secrets, ({ provider }) => provider)
  return [...byProvider].map(([provider, own]) => groupOf(provider, own)).sort(byUrgency)
}

function groupOf(provider: string, secrets: readonly SecretSummary[]): ProviderGroup {
  const toRotate = secrets.filter(opensSomething)
  const counting = toRotate.length > 0 ? toRotate : secrets
  const dates = counting.map(({ firstSeen }) => firstSeen).filter(isDate)
  return {
    provider,
    link: counting.map(({ rotateAt }) => safeLink(rotateAt)).find((link) => link !== null) ?? null,
    secrets,
    toRotate,
    worst: SEVERITIES.find((severity) => counting.some((secret) => secret.severity === severity))!,
    ...threadsOf(counting),
    copies: counting.reduce((total, { copies }) => total + copies, 0),
    firstSeen: dates.length === 0 ? null : dates.reduce((first, date) => Math.min(first, date)),
    owners: [...new Set(counting.flatMap(({ owners }) => owners))],
  }
}

function threadsOf(secrets: readonly SecretSummary[]): Pick<ProviderGroup, 'threads' | 'isThreadFloor'> {
  const listed = new Set(secrets.flatMap(({ places }) => places.map(({ threadId }) => threadId)))
  listed.delete(undefined)
  const threads = secrets.reduce((most, secret) => Math.max(most, secret.threads), listed.size)
  return { threads, isThreadFloor: secrets.length > 1 && secrets.some(({ placesOmitted }) => placesOmitted > 0) }
}

/** `at least 12 threads, 84 copies`; no threads where it stands in files alone. */
export function groupSpread({ threads, isThreadFloor, copies }: ProviderGroup): string {
  const inThreads = threads === 0 ? [] : [`${isThreadFloor ? 'at least ' : ''}${counted(threads, 'thread')}`]
  return [...inThreads, counted(copies, 'copy')].join(', ')
}

function byUrgency(a: ProviderGroup, b: ProviderGroup): number {
  return (
    Number(b.toRotate.length > 0) - Number(a.toRotate.length > 0) ||
    SEVERITIES.indexOf(a.worst) - SEVERITIES.indexOf(b.worst) ||
    b.threads - a.threads ||
    b.copies - a.copies ||
    (a.firstSeen ?? Number.MAX_VALUE) - (b.firstSeen ?? Number.MAX_VALUE) ||
    (a.provider < b.provider ? -1 : 1)
  )
}
