import {
  type AuditReport,
  type Place,
  REPORT_SCHEMA,
  type ReportSummary,
  type SecretSummary,
  type SourceSummary,
} from '../report.js'
import type { Collector } from './collector.js'
import { Distinct } from './distinct.js'
import type { RuleCatalog } from './rule-catalog.js'
import type { SecretEntry } from './secret-entry.js'

export interface ReportFrame {
  readonly version: string
  readonly command: AuditReport['command']
  readonly startedAt: number
  readonly endedAt: number
  readonly complete: boolean
  readonly sources: readonly Pick<SourceSummary, 'name' | 'kind' | 'layout'>[]
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const

/** What was gathered, as it is told: what to rotate first comes first. */
export function buildReport(frame: ReportFrame, collector: Collector, catalog: RuleCatalog): AuditReport {
  const entries = [...collector.secrets].sort(byExposure)
  if (entries.some(({ isEstimate }) => isEstimate)) {
    const message =
      'Where a secret stands in more than a thousand places, threads or checkpoints, their number is an estimate.'
    collector.warnings.add(
      'counts-estimated',
      message,
      undefined,
      entries.filter(({ isEstimate }) => isEstimate).length,
    )
  }
  return {
    schema: REPORT_SCHEMA,
    tool: { name: 'langgraph-secret-safe', version: frame.version, rules: catalog.size },
    command: frame.command,
    startedAt: frame.startedAt,
    endedAt: frame.endedAt,
    complete: frame.complete,
    sources: frame.sources.map((source, i) => ({ ...source, ...collector.counts(i) })),
    summary: summaryOf(entries, collector),
    secrets: entries.map((entry) => secretOf(entry, collector, catalog)),
    warnings: collector.warnings.list(),
  }
}

function summaryOf(entries: readonly SecretEntry[], { allowed, secretsOmitted }: Collector): ReportSummary {
  const threads = new Distinct()
  const checkpoints = new Distinct()
  for (const entry of entries) {
    threads.merge(entry.threads)
    checkpoints.merge(entry.checkpoints)
  }
  const count = (severity: string) => entries.filter(({ rule }) => rule.severity === severity).length
  return {
    secrets: entries.length,
    copies: entries.reduce((sum, { copies }) => sum + copies, secretsOmitted),
    threads: threads.count,
    checkpoints: checkpoints.count,
    bySeverity: Object.fromEntries(
      SEVERITIES.map((severity) => [severity, count(severity)]),
    ) as ReportSummary['bySeverity'],
    allowed,
  }
}

function secretOf(entry: SecretEntry, collector: Collector, catalog: RuleCatalog): SecretSummary {
  const { id, rule, length, copies, firstSeen, lastSeen, threads, checkpoints, placesOmitted } = entry
  const places: Place[] = entry.places.map(({ place, copies }) => ({ ...place, copies })).sort(byTime)
  return {
    id,
    ruleId: rule.ruleId,
    ...catalog.text(rule.ruleId),
    kind: rule.kind,
    severity: rule.severity,
    confidence: rule.confidence,
    action: rule.action,
    prefix: rule.prefix,
    length,
    firstSeen,
    lastSeen,
    threads: threads.count,
    checkpoints: checkpoints.count,
    copies,
    owners: collector.ownersOf(entry),
    places,
    placesOmitted,
  }
}

/** By severity; then by how many may have seen it; the rest is for an order that is always the same. */
function byExposure(a: SecretEntry, b: SecretEntry): number {
  return (
    SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity) ||
    b.threads.count - a.threads.count ||
    b.copies - a.copies ||
    (a.id < b.id ? -1 : 1)
  )
}

function byTime(a: Place, b: Place): number {
  const [first, second] = [a.at ?? Number.POSITIVE_INFINITY, b.at ?? Number.POSITIVE_INFINITY]
  if (first !== second) return first < second ? -1 : 1
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
