import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Ajv } from 'ajv'
import type { Log, Result } from 'sarif'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from '../../../src/audit/report.js'
import { sarifReport } from '../../../src/audit/reports/sarif-report.js'
import { type Checkout, checkoutAround } from '../../../src/audit/reports/sarif-uri.js'
import { hostileReport } from '../hostile-report.js'
import { buildReport, cleanReport, summaryOf } from '../report-fixture.js'

/** SARIF's own, of draft 4; the keywords that it uses mean the same in draft 7, its `id` apart. */
const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync('fixtures/schemas/sarif-2.1.0-rtm.5.json', 'utf8'))
const isUri = (text: string) => URL.canParse(text)
const validate = new Ajv({
  strict: false,
  // One of its patterns is none with the flag.
  unicodeRegExp: false,
  formats: {
    uri: isUri,
    'uri-reference': (text: string) => URL.canParse(text, 'https://base.example/') && !/[\s"<>\\^`{|}]/.test(text),
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  },
}).compile(schema)

const parse = (text: string): Log => {
  const log = JSON.parse(text)
  expect(validate(log) ? [] : validate.errors).toEqual([])
  return log
}
const resultsOf = (log: Log): Result[] => log.runs[0]!.results!
const urisIn = (report: AuditReport, checkout?: Checkout) => resultsOf(parse(sarifReport(report, checkout))).map(uriOf)

/** With one secret, in a file. */
function reportOf(file: string, source?: string): AuditReport {
  const base = buildReport({ secrets: 1 })
  const places = [
    { source: 2, kind: 'text', copies: 1, file, line: 3, start: 0, end: 9, encodings: [], inKey: false },
  ] as const
  const secrets = base.secrets.map((secret) => ({ ...secret, places }))
  const sources = base.sources.map((each, i) => (i === 2 && source !== undefined ? { ...each, name: source } : each))
  return { ...base, sources, secrets, summary: summaryOf(secrets) }
}

const uriOf = (result: Result): string => result.locations![0]!.physicalLocation!.artifactLocation!.uri!

describe('the SARIF report', () => {
  it("is valid by SARIF's own schema", () => {
    for (const report of [
      buildReport({ secrets: 200 }),
      buildReport({ complete: false }),
      cleanReport(),
      hostileReport(),
    ]) {
      parse(sarifReport(report))
    }
  })

  it('is refused by that schema when a result lacks its message: the check can fail', () => {
    const log = JSON.parse(sarifReport(buildReport({ secrets: 1 })))
    delete log.runs[0].results[0].message
    expect(validate(log)).toBe(false)
  })

  it('gives each rule what code scanning shows: help, a score, a precision', () => {
    const [run] = parse(sarifReport(buildReport({ secrets: 60 }))).runs
    for (const rule of run!.tool.driver.rules!) {
      expect(rule.help!.text).toContain('Rotate it')
      expect(Number(rule.properties!['security-severity'])).toBeGreaterThan(0)
      expect(rule.properties!.tags).toContain('security')
    }
    const ids = run!.tool.driver.rules!.map(({ id }) => id)
    expect(run!.results!.every(({ ruleId, ruleIndex }) => ids[ruleIndex!] === ruleId)).toBe(true)
  })

  it('gives every result a file and a line, which code scanning requires, and a logical place for what is in a database', () => {
    const results = resultsOf(parse(sarifReport(buildReport({ secrets: 60 }))))
    for (const result of results) {
      const [location] = result.locations!
      expect(location!.physicalLocation!.region!.startLine).toBeGreaterThan(0)
      const inFile = uriOf(result).startsWith('fixtures/dumps/')
      expect(location!.logicalLocations === undefined).toBe(inFile)
    }
    expect(results.some((result) => uriOf(result) === 'postgres/db.internal%3A5432/agents/checkpoint_blobs')).toBe(true)
  })

  it('makes of no name a scheme, a host or a step upwards', () => {
    const uris = resultsOf(parse(sarifReport(hostileReport()))).map(uriOf)
    const base = 'https://base.example/a/b/c/'
    for (const uri of uris.filter((each) => !each.startsWith('file:///'))) {
      expect(new URL(uri, base).href.startsWith(base)).toBe(true)
    }
    expect(uris.filter((uri) => uri.startsWith('file:') && !uri.startsWith('file:///'))).toEqual([])
  })

  it('writes no link and no placeholder into a message', () => {
    const log = parse(sarifReport(hostileReport()))
    const texts = [
      ...resultsOf(log).flatMap(({ message, relatedLocations = [] }) => [
        message.text!,
        ...relatedLocations.map((location) => location.message!.text!),
      ]),
      ...log.runs[0]!.tool.driver.rules!.flatMap(({ shortDescription, fullDescription, help }) => [
        shortDescription!.text,
        fullDescription!.text,
        help!.text,
      ]),
    ]
    expect(texts.filter((text) => /[[\]{}<>`]/.test(text))).toEqual([])
  })

  it('keeps the fingerprint of a result from one audit to the next, though its key and its line are others', () => {
    const report = buildReport({ secrets: 20 })
    const later = {
      ...report,
      secrets: report.secrets.map((secret) => ({
        ...secret,
        id: `${secret.id}x`,
        copies: secret.copies + 1,
        places: secret.places.map((place) => (place.line === undefined ? place : { ...place, line: place.line + 1 })),
      })),
    }
    const prints = (of: typeof report) => resultsOf(parse(sarifReport(of))).map((result) => result.partialFingerprints)
    expect(prints(later)).toEqual(prints(report))
    expect(new Set(prints(report).map((print) => print!.primaryLocationLineHash)).size).toBeGreaterThan(15)
  })

  it('names files in the checkout relative to it', () => {
    const report = reportOf('/repo/a b/ü.json')
    expect(urisIn(report, { root: '/repo', cwd: '/repo' })).toEqual(['a%20b/%C3%BC.json'])
    expect(urisIn(report)).toEqual(['file:///repo/a%20b/%C3%BC.json'])
  })

  it('names them from its root, wherever in it the command ran, and whatever directory it was given', () => {
    const checkout = { root: '/repo', cwd: '/repo/packages/app' }
    expect(urisIn(reportOf('src/x.json'), checkout)).toEqual(['packages/app/src/x.json'])
    expect(urisIn(reportOf('../lib/x.json'), checkout)).toEqual(['packages/lib/x.json'])
    expect(urisIn(reportOf('../../../etc/x'), checkout)).toEqual(['file:///etc/x'])
    expect(urisIn(reportOf('sub/x.json', '/repo/dumps'), checkout)).toEqual(['dumps/sub/x.json'])
  })

  it('finds the root of a repository, of a worktree, and none', () => {
    const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'secret-safe-sarif-')))
    const inner = path.join(directory, 'tree/a/b')
    mkdirSync(inner, { recursive: true })
    expect(checkoutAround(inner)).toBeUndefined()
    mkdirSync(path.join(directory, '.git'))
    expect(checkoutAround(inner)).toEqual({ root: directory, cwd: inner })
    writeFileSync(path.join(directory, 'tree/.git'), 'gitdir: elsewhere')
    expect(checkoutAround(inner)?.root).toBe(path.join(directory, 'tree'))
    rmSync(directory, { recursive: true })
  })

  it('says which parts were not read, and that it was not successful when it was cut short', () => {
    const [invocation] = parse(sarifReport(buildReport({ complete: false }))).runs[0]!.invocations!
    expect(invocation!.executionSuccessful).toBe(false)
    expect(invocation!.toolExecutionNotifications!.map(({ descriptor }) => descriptor!.id)).toEqual([
      'row-undecodable',
      'interrupted',
    ])
  })

  it('lists no more than code scanning shows, and says so', () => {
    const log = parse(sarifReport(buildReport({ secrets: 4000, maxPlaces: 3 })))
    expect(resultsOf(log)).toHaveLength(5000)
    expect(log.runs[0]!.invocations![0]!.toolExecutionNotifications![0]!.descriptor!.id).toBe('results-cut')
  })
})
