import type { Severity } from '../../detect-entry.js'
import type { AuditReport, Place, PlaceKind, SecretSummary } from '../report.js'
import { shown } from './shown.js'

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[]

const DAY_MS = 86_400_000
/** Of years with four digits: a store may hold any number for a date, and beyond them not even a calendar has one. */
const MIN_DATE_MS = Date.UTC(1000, 0)
const MAX_DATE_MS = Date.UTC(9999, 11, 31)

export const numberText = (value: number): string => value.toLocaleString('en-US')

/** `1 copy`, `1,204 copies`. */
export function counted(value: number, noun: string): string {
  if (value === 1) return `1 ${noun}`
  return `${numberText(value)} ${/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}

const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

export function bytesText(bytes: number): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 || value >= 100 ? numberText(Math.round(value)) : value.toFixed(1)} ${BYTE_UNITS[power]}`
}

/** `2026-03-01`, in UTC. */
export function dayText(ms: number | null | undefined): string {
  return isDate(ms) ? new Date(ms).toISOString().slice(0, 10) : 'unknown'
}

export const isDate = (ms: number | null | undefined): ms is number =>
  typeof ms === 'number' && ms >= MIN_DATE_MS && ms <= MAX_DATE_MS

/** How long it has stood there when the report was made; null where no row says. */
export function ageText({ firstSeen }: Pick<SecretSummary, 'firstSeen'>, { endedAt }: AuditReport): string | null {
  if (!isDate(firstSeen) || firstSeen > endedAt) return null
  const days = Math.floor((endedAt - firstSeen) / DAY_MS)
  if (days < 1) return 'today'
  if (days < 90) return counted(days, 'day')
  return days < 730 ? counted(Math.floor(days / 30.44), 'month') : counted(Math.floor(days / 365.25), 'year')
}

/** All that may be said of the secret itself: `ghp_…, 40 characters`. */
export function shapeText({ prefix, length }: Pick<SecretSummary, 'prefix' | 'length'>): string {
  return `${prefix === '' ? '' : `${shown(prefix, 40)}…, `}${counted(length, 'character')}`
}

/** `12 threads, 40 checkpoints, 84 copies`; what is nil, as in files, is left out. */
export function spreadText({
  threads,
  checkpoints,
  copies,
}: Pick<SecretSummary, 'threads' | 'checkpoints' | 'copies'>) {
  const parts = [threads > 0 && counted(threads, 'thread'), checkpoints > 0 && counted(checkpoints, 'checkpoint')]
  return [...parts, counted(copies, 'copy')].filter((part) => part !== false).join(', ')
}

const PLACE_KINDS: Readonly<Record<PlaceKind, string>> = {
  value: 'value',
  write: 'pending write',
  metadata: 'metadata',
  config: 'config',
  'key-column': 'key column',
  raw: 'raw bytes',
  text: 'text',
}

export const placeKindText = (kind: PlaceKind): string => PLACE_KINDS[kind] ?? shown(String(kind), 40)

/** `messages[3].kwargs["a b"]`; not yet harmless. */
export function pathText(path: Place['path']): string {
  let text = ''
  for (const step of path ?? []) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_$][\w$]*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}

/** The nearest name of a place: a file and line, a channel and the path in it, or a column. Harmless. */
export function placeName(place: Place): string {
  const { file, line, column1, channel, table, column } = place
  const path = pathText(place.path)
  const position = line === undefined ? '' : `:${line}${column1 === undefined ? '' : `:${column1}`}`
  const within = path === '' || path.startsWith('[') ? path : `.${path}`
  if (channel !== undefined) return shown(`${channel}${within}`)
  if (file !== undefined) return `${shown(file)}${position}${path === '' ? '' : ` ${shown(path)}`}`
  if (path !== '') return shown(`${placeKindText(place.kind)}${within}`)
  const cell = [table, column].filter((part) => part !== undefined).join('.')
  return cell === '' ? placeKindText(place.kind) : shown(cell)
}

export interface PlaceDetail {
  readonly label: string
  readonly text: string
}

/** What a line for people leaves out: it helps a program to find the row, and no one to judge. */
const FOR_LOOKUP: readonly string[] = ['namespace', 'checkpoint', 'task', 'column']

/** What else is known of a place, most telling first. Harmless. */
export function placeDetails(place: Place): PlaceDetail[] {
  const { message, file, line, column1, channel, table, column } = place
  const cell = [table, column].filter((part) => part !== undefined).join('.')
  const position = line === undefined ? '' : `:${line}${column1 === undefined ? '' : `:${column1}`}`
  const isPlain = place.kind === 'value' || place.kind === 'text'
  const details: [label: string, text: string | undefined][] = [
    ['thread', place.threadId],
    ['message', message && [`#${message.index}`, message.role, message.id].filter(Boolean).join(' ')],
    ['node', place.node],
    ['namespace', place.namespace === '' ? undefined : place.namespace],
    ['checkpoint', place.checkpointId],
    ['task', place.taskId],
    ['kind', isPlain ? undefined : placeKindText(place.kind)],
    ['column', cell === '' ? undefined : cell],
    ['file', channel === undefined || file === undefined ? undefined : `${file}${position}`],
    ['encoded', place.encodings.length === 0 ? undefined : [...place.encodings].reverse().join(' in ')],
    ['in', place.inKey ? 'a key' : undefined],
    ['at', isDate(place.at) ? dayText(place.at) : undefined],
  ]
  return details.flatMap(([label, text]) => (text === undefined ? [] : [{ label, text: shown(text) }]))
}

/** The place in one line: its name, then its details. Harmless. */
export function placeText(place: Place, detail: 'brief' | 'full' = 'full'): string {
  const details = placeDetails(place).filter(({ label }) => detail === 'full' || !FOR_LOOKUP.includes(label))
  return [placeName(place), ...details.map(({ label, text }) => `${label} ${text}`)].join(' · ')
}

/** `3 secrets in 2 stores`, and what could not be read. */
export function verdictText(report: AuditReport): string {
  const { summary, sources } = report
  const where = `${counted(sources.length, report.command === 'check' ? 'source' : 'store')}`
  if (summary.secrets === 0) return `No secret found in ${where}.`
  return `${counted(summary.secrets, 'secret')} in ${where}: ${severityText(report)}.`
}

export function severityText({ summary }: AuditReport): string {
  return SEVERITIES.filter((severity) => summary.bySeverity[severity] > 0)
    .map((severity) => `${numberText(summary.bySeverity[severity])} ${severity}`)
    .join(', ')
}

/** Why the report may not be the whole truth; empty when everything was read. */
export function doubts(report: AuditReport): string[] {
  const unreadable = report.sources.reduce((sum, source) => sum + source.unreadable, 0)
  return [
    ...(report.complete ? [] : ['Only a part was read: sampled, interrupted, or cut off by an error.']),
    ...(unreadable === 0 ? [] : [`${counted(unreadable, 'part')} could not be read or decoded.`]),
  ]
}

/** A secret that opens something; others are public, name an account, or open a sandbox. */
export const opensSomething = ({ kind }: Pick<SecretSummary, 'kind'>): boolean => kind === 'private'
