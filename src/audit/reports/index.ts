import type { AuditReport } from '../report.js'
import { githubReport } from './github-report.js'
import { htmlReport } from './html/html-report.js'
import { jsonReport } from './json-report.js'
import { junitReport } from './junit-report.js'
import { markdownReport } from './markdown-report.js'
import { sarifReport } from './sarif-report.js'
import { textReport } from './text-report.js'

/** Every format that `--report` knows. */
export const REPORTS: Readonly<Record<string, (report: AuditReport) => string>> = {
  text: (report) => textReport(report),
  json: jsonReport,
  sarif: (report) => sarifReport(report),
  junit: junitReport,
  github: githubReport,
  markdown: markdownReport,
  html: htmlReport,
}
