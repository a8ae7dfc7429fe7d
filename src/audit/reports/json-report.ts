import type { AuditReport } from '../report.js'
import { type JsonSchema, reportSchema } from './report-schema.js'
import { terminalJson } from './shown.js'

/**
 * For programs: the report as `docs/schemas/report.schema.json` describes it. A field that the schema does not name is
 * not printed, so that what a collector keeps beside a finding for its own use cannot come out here.
 */
export function jsonReport(report: AuditReport): string {
  return `${terminalJson(pick(reportSchema, report))}\n`
}

function pick(schema: JsonSchema, value: unknown): unknown {
  if (Array.isArray(value)) return schema.items === undefined ? [] : value.map((item) => pick(schema.items!, item))
  if (typeof value !== 'object' || value === null) return value
  const named = Object.entries(schema.properties ?? {}).filter(([name]) => Object.hasOwn(value, name))
  return Object.fromEntries(named.map(([name, part]) => [name, pick(part, (value as Record<string, unknown>)[name])]))
}
