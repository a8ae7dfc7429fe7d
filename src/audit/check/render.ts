import type { AuditReport } from '../report.js'

export const FORMATS = ['json'] as const
export type Format = (typeof FORMATS)[number]

/** A report in one of the formats of `--report`. */
export function renderReport(_format: Format, report: AuditReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`
}
