import type { AuditReport } from '../report.js'

/** The report itself: its type is the schema. */
export function jsonReport(report: AuditReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`
}
