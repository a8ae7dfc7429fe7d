import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { jsonReport } from '../../../src/audit/reports/json-report.js'
import { type JsonSchema, reportSchema } from '../../../src/audit/reports/report-schema.js'
import { blocksOf } from '../../repo/markdown.js'
import { hostileReport } from '../hostile-report.js'
import { buildReport, cleanReport } from '../report-fixture.js'
import { exampleReport } from './example-report.js'

const SCHEMA_FILE = 'docs/schemas/report.schema.json'
const PAGE = 'docs/reports.md'

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(reportSchema)
const errorsOf = (text: string) => (validate(JSON.parse(text)) ? [] : validate.errors)

describe('the JSON report', () => {
  it('is valid, and says all that the report says', () => {
    for (const report of [buildReport({ secrets: 200 }), buildReport({ complete: false }), cleanReport()]) {
      expect(errorsOf(jsonReport(report))).toEqual([])
      expect(JSON.parse(jsonReport(report))).toEqual(report)
    }
  })

  it('keeps every name as it is, however hostile, in escapes that no terminal obeys', () => {
    const report = { ...hostileReport() }
    expect(JSON.parse(jsonReport(report))).toEqual(JSON.parse(JSON.stringify(report)))
  })

  it('is refused by the schema with a field that it does not name, without one that it needs, or of another version', () => {
    const report = JSON.parse(jsonReport(buildReport({ secrets: 1 })))
    const { complete: _, ...incomplete } = report
    const [secret] = report.secrets
    expect(validate({ ...report, plaintext: 'x' })).toBe(false)
    expect(validate({ ...report, secrets: [{ ...secret, secret: 'x' }] })).toBe(false)
    expect(validate(incomplete)).toBe(false)
    expect(validate({ ...report, schema: 'langgraph-secret-safe/report@2' })).toBe(false)
  })

  it('has its schema in the docs, as it is; UPDATE_REPORT_SCHEMA=1 writes it, biome formats it', () => {
    if (process.env.UPDATE_REPORT_SCHEMA === '1') writeFileSync(SCHEMA_FILE, JSON.stringify(reportSchema))
    expect(JSON.stringify(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')))).toBe(JSON.stringify(reportSchema))
  })
})

describe(PAGE, () => {
  it('shows what is rendered', () => {
    const [json] = blocksOf(PAGE).filter(({ language }) => language === 'json')
    expect(json!.code).toBe(jsonReport(exampleReport))
  })

  it('names every field of the schema', () => {
    const page = readFileSync(PAGE, 'utf8')
    const missing = fieldsOf(reportSchema).filter((name) => !page.includes(`\`${name}\``))
    expect(missing).toEqual([])
  })
})

function fieldsOf({ properties = {}, items }: JsonSchema): string[] {
  const inner = [...Object.values(properties), ...(items === undefined ? [] : [items])]
  return [...Object.keys(properties), ...inner.flatMap(fieldsOf)]
}
