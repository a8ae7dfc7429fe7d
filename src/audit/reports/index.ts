import type { AuditReport } from '../report.js'
import { jsonReport } from './json.js'
import { summaryReport } from './summary.js'

/** Every format that `--report` knows. */
export const REPORTS: Readonly<Record<string, (report: AuditReport) => string>> = {
  text: summaryReport,
  json: jsonReport,
}
