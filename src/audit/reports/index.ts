import type { AuditReport } from '../report.js'
import { githubReport } from './github-report.js'
import { htmlReport } from './html/html-report.js'
import { jsonReport } from './json-report.js'
import { junitReport } from './junit-report.js'
import { markdownReport } from './markdown-report.js'
import { sarifReport } from './sarif-report.js'
import { checkoutAround } from './sarif-uri.js'
import { type Styler, textReport } from './text-report.js'

/** @param style for what is shown on a terminal; only text has colours. */
export type Render = (report: AuditReport, style?: Styler) => string

/** Every format that `--report` knows. */
export const REPORTS: Readonly<Record<string, Render>> = {
  text: (report, style) => textReport(report, style),
  json: jsonReport,
  sarif: (report) => sarifReport(report, checkoutAround(process.cwd())),
  junit: junitReport,
  github: githubReport,
  markdown: markdownReport,
  html: htmlReport,
}
