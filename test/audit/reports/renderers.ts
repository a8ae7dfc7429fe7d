import type { AuditReport } from '../../../src/audit/report.js'
import { githubReport } from '../../../src/audit/reports/github-report.js'
import { htmlReport } from '../../../src/audit/reports/html/html-report.js'
import { jsonReport } from '../../../src/audit/reports/json-report.js'
import { junitReport } from '../../../src/audit/reports/junit-report.js'
import { markdownReport } from '../../../src/audit/reports/markdown-report.js'
import { rotatePlan } from '../../../src/audit/reports/rotate-plan.js'
import { sarifReport } from '../../../src/audit/reports/sarif-report.js'
import { textReport } from '../../../src/audit/reports/text-report.js'

/** Every way in which a report can be rendered. */
export const RENDERERS: Readonly<Record<string, (report: AuditReport) => string>> = {
  text: (report) => textReport(report, undefined, { maxSecrets: 1000, maxPlaces: 100 }),
  'rotate-plan': (report) => rotatePlan(report),
  json: jsonReport,
  sarif: (report) => sarifReport(report),
  junit: junitReport,
  github: githubReport,
  markdown: markdownReport,
  html: htmlReport,
}
