import type { Severity } from '../../../detect-entry.js'
import type { AuditReport, Place, SecretSummary } from '../../report.js'
import { groupBy } from '../group.js'
import { isDate, placeKindText, SEVERITIES } from '../wording.js'

export type BySeverity = Readonly<Record<Severity, number>>

/** Secrets that share a provider, a channel or a thread. */
export interface Bar {
  readonly name: string
  readonly secrets: number
  readonly copies: number
  readonly bySeverity: BySeverity
  /** Indexes in the report's `secrets`. */
  readonly rows: readonly number[]
}

type Named = readonly [name: string, copies: number]

export const byProvider = (secrets: readonly SecretSummary[]): Bar[] =>
  bars(secrets, ({ provider, copies }) => [[provider, copies]])

/** Of the listed places. What has no channel is named for what it is instead. */
export const byChannel = (secrets: readonly SecretSummary[]): Bar[] =>
  bars(secrets, ({ places }) => places.map((place) => [channelOf(place), place.copies]))

/** Of the listed places. */
export const byThread = (secrets: readonly SecretSummary[]): Bar[] =>
  bars(secrets, ({ places }) =>
    places.flatMap(({ threadId, copies }) => (threadId === undefined ? [] : [[threadId, copies]])),
  )

const channelOf = ({ channel, file, kind }: Place): string =>
  channel ?? (file === undefined ? `(${placeKindText(kind)})` : '(files)')

function bars(secrets: readonly SecretSummary[], namesOf: (secret: SecretSummary) => readonly Named[]): Bar[] {
  const entries = secrets.flatMap((secret, row) => {
    const named = groupBy(namesOf(secret), ([name]) => name)
    return [...named].map(([name, own]) => ({ name, row, copies: own.reduce((sum, [, copies]) => sum + copies, 0) }))
  })
  const found = [...groupBy(entries, ({ name }) => name)].map(([name, own]): Bar => {
    const rows = own.map(({ row }) => row)
    const copies = own.reduce((sum, entry) => sum + entry.copies, 0)
    return { name, secrets: rows.length, copies, bySeverity: countSeverities(rows.map((row) => secrets[row]!)), rows }
  })
  return found.sort(byWeight)
}

export function countSeverities(secrets: readonly SecretSummary[]): BySeverity {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 }
  for (const { severity } of secrets) counts[severity] += 1
  return counts
}

function byWeight(a: Bar, b: Bar): number {
  const worse = SEVERITIES.map((severity) => b.bySeverity[severity] - a.bySeverity[severity]).find((by) => by !== 0)
  return b.secrets - a.secrets || worse || b.copies - a.copies || (a.name < b.name ? -1 : 1)
}

export interface TimeBucket {
  readonly startMs: number
  readonly bySeverity: BySeverity
  readonly secrets: number
}

export interface Timeline {
  readonly unit: 'day' | 'week' | 'month' | 'year'
  readonly buckets: readonly TimeBucket[]
  readonly undated: number
}

const DAY_MS = 86_400_000
const MAX_DAYS = 45
const MAX_WEEKS = 60
const MAX_MONTHS = 72
/** Of a store that holds dates from the year 0, or of the year 200,000. */
const MAX_BUCKETS = 100

/** When secrets were first seen, in UTC; null when no secret has a date. */
export function timeline({ secrets }: Pick<AuditReport, 'secrets'>): Timeline | null {
  const dated = secrets.filter(({ firstSeen }) => isDate(firstSeen))
  if (dated.length === 0) return null
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { firstSeen } of dated) [first, last] = [Math.min(first, firstSeen!), Math.max(last, firstSeen!)]
  const days = (last - first) / DAY_MS
  const unit = days <= MAX_DAYS ? 'day' : days <= MAX_WEEKS * 7 ? 'week' : days <= MAX_MONTHS * 30.44 ? 'month' : 'year'
  const own = groupBy(dated, ({ firstSeen }) => startOf(firstSeen!, unit))
  const starts: number[] = []
  for (let start = startOf(last, unit); start >= startOf(first, unit) && starts.length < MAX_BUCKETS; ) {
    starts.unshift(start)
    start = startOf(start - 1, unit)
  }
  const shown = new Set(starts)
  const buckets = starts.map((startMs) => {
    const inside = own.get(startMs) ?? []
    return { startMs, secrets: inside.length, bySeverity: countSeverities(inside) }
  })
  const outside = [...own].reduce((sum, [start, inside]) => sum + (shown.has(start) ? 0 : inside.length), 0)
  return { unit, buckets, undated: secrets.length - dated.length + outside }
}

/** Weeks begin on Monday. */
function startOf(ms: number, unit: Timeline['unit']): number {
  const date = new Date(ms)
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  if (unit === 'day') return day
  if (unit === 'week') return day - ((date.getUTCDay() + 6) % 7) * DAY_MS
  return unit === 'month' ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) : Date.UTC(date.getUTCFullYear(), 0)
}
