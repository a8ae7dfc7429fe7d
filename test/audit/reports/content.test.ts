import { describe, expect, it } from 'vitest'
import type { AuditReport, SecretSummary } from '../../../src/audit/report.js'
import { githubReport } from '../../../src/audit/reports/github-report.js'
import { byChannel, timeline } from '../../../src/audit/reports/html/aggregate.js'
import { junitReport } from '../../../src/audit/reports/junit-report.js'
import { groupSpread, providerGroups } from '../../../src/audit/reports/provider-groups.js'
import { rotatePlan } from '../../../src/audit/reports/rotate-plan.js'
import { textReport } from '../../../src/audit/reports/text-report.js'
import { ageText, bytesText, counted, pathText, placeText } from '../../../src/audit/reports/wording.js'
import { buildReport, cleanReport, summaryOf } from '../report-fixture.js'
import { exampleReport } from './example-report.js'

const [example] = exampleReport.secrets as readonly [SecretSummary]
const reportOf = (...changes: readonly Partial<SecretSummary>[]): AuditReport => {
  const secrets = changes.map((change) => ({ ...example, ...change }))
  return { ...exampleReport, secrets, summary: summaryOf(secrets) }
}

describe('the rotation plan', () => {
  it('takes providers by their worst secret, then by exposure, and what opens nothing last', () => {
    const report = reportOf(
      { provider: 'Wide', severity: 'high', threads: 90 },
      { provider: 'Public', severity: 'critical', kind: 'publishable', threads: 500 },
      { provider: 'Worst', severity: 'critical', threads: 1 },
      { provider: 'Narrow', severity: 'high', threads: 2 },
    )
    expect(providerGroups(report).map(({ provider }) => provider)).toEqual(['Worst', 'Wide', 'Narrow', 'Public'])
    const plan = rotatePlan(report)
    expect(plan).toMatch(/^Rotate 3 secrets of 3 providers/)
    expect(plan.indexOf('Public')).toBeGreaterThan(plan.indexOf('Rotate only if you want to'))
  })

  it('counts a thread that holds two secrets once, and says "at least" where places are left out', () => {
    const [group] = providerGroups(reportOf({ copies: 3 }, { copies: 4 }))
    expect(groupSpread(group!)).toBe('1 thread, 7 copies')
    const [cut] = providerGroups(reportOf({ threads: 8, placesOmitted: 9 }, {}))
    expect(groupSpread(cut!)).toBe('at least 8 threads, 84 copies')
  })

  it('names the page, the owners and a line to tick for each secret; and that there may be more', () => {
    const plan = rotatePlan({ ...exampleReport, complete: false })
    expect(plan).toContain('rotate at: https://github.com/settings/tokens')
    expect(plan).toContain('owners: ana@shop.example')
    expect(plan.match(/\[ \]/g)).toHaveLength(1)
    expect(plan).toContain('There may be more.')
    expect(rotatePlan(cleanReport())).toBe('Nothing to rotate.\n')
  })

  it('gives no page where a link is none that may be followed', () => {
    expect(rotatePlan(reportOf({ rotateAt: 'javascript:alert(1)' }))).toContain('rotate at: no page known')
  })
})

describe('the text report', () => {
  it('says what, where, how far and since when', () => {
    expect(textReport(exampleReport)).toContain(`CRITICAL  GitHub personal, OAuth, user or server token
          40 characters · github-token · id fp_9b1c66f0a7d2
          1 thread, 40 checkpoints, 42 copies; since 2025-11-03 (4 months), last seen 2025-11-03
          at messages[3].kwargs.content · thread support-10021 · message #3 tool · node tools · at 2025-11-03
          owners: ana@shop.example
`)
  })

  it('describes twenty secrets and counts all', () => {
    const text = textReport(buildReport({ secrets: 33 }))
    expect(text).toMatch(/^33 secrets in 3 stores/)
    expect(text.match(/^(?:CRITICAL|HIGH|MEDIUM|LOW) /gm)).toHaveLength(20)
    expect(text).toContain('13 more secrets: --report json or html lists them.')
  })

  it('is coloured only by the styler that it is given', () => {
    expect(textReport(exampleReport, (format, text) => `<${format}>${text}</${format}>`)).toContain('<red>CRITICAL')
  })

  it('calls a store clean only together with what was not read', () => {
    expect(textReport(cleanReport())).toMatch(/^No secret found in 3 stores\.\n/)
    expect(textReport({ ...cleanReport(), complete: false })).toContain('Only a part was read')
  })
})

describe('for CI', () => {
  it('JUnit fails for each secret, errs for what was not read, and is green rather than empty when clean', () => {
    const text = junitReport(buildReport({ secrets: 5, complete: false }))
    expect(text).toContain('tests="9" failures="5" errors="2"')
    expect(text.match(/<failure /g)).toHaveLength(5)
    expect(junitReport(cleanReport())).toContain('tests="4" failures="0" errors="0"')
  })

  it('GitHub marks the line of the file that holds a secret', () => {
    const [place] = example.places
    const report = reportOf({
      places: [
        place!,
        {
          source: 0,
          kind: 'text',
          copies: 1,
          file: 'a,b:c.json',
          line: 3,
          column1: 9,
          start: 0,
          end: 1,
          encodings: [],
          inKey: false,
        },
      ],
    })
    expect(githubReport(report)).toMatch(/^::error file=a%2Cb%3Ac\.json,line=3,col=9,title=critical%3A GitHub/)
  })
})

describe('aggregates', () => {
  it('count a secret once in a channel, however many of its places are there', () => {
    const [place] = example.places
    const bars = byChannel(reportOf({ places: [place!, { ...place!, copies: 5 }] }).secrets)
    expect(bars.map(({ name, secrets, copies }) => [name, secrets, copies])).toEqual([['messages', 1, 47]])
  })

  it.each([
    [10, 'day', 11],
    [100, 'week', 15],
    [900, 'month', 30],
    [9000, 'year', 26],
  ])('take %i days by the %s, with the empty ones between', (days, unit, size) => {
    const last = Date.UTC(2026, 0, 31)
    const line = timeline(reportOf({ firstSeen: last - days * 86_400_000 }, { firstSeen: last }, { firstSeen: null }))!
    expect([line.unit, line.buckets.length, line.undated]).toEqual([unit, size, 1])
    expect(line.buckets.reduce((sum, { secrets }) => sum + secrets, 0)).toBe(2)
  })

  it('do not run away on the dates of a hostile store', () => {
    const line = timeline(
      reportOf({ firstSeen: Date.UTC(1000, 1) }, { firstSeen: Date.UTC(9999, 1) }, { firstSeen: 8.64e15 }),
    )!
    expect(line.buckets.length).toBe(100)
    expect(line.undated).toBe(2)
    expect(timeline(reportOf({ firstSeen: -8.64e15 }, { firstSeen: Number.NaN }))).toBeNull()
  })
})

describe('words', () => {
  it('say numbers, sizes, ages and paths for people', () => {
    expect([counted(1, 'copy'), counted(1204, 'copy'), counted(2, 'key')]).toEqual(['1 copy', '1,204 copies', '2 keys'])
    expect([bytesText(0), bytesText(999), bytesText(1_204_224), bytesText(2.5e9)]).toEqual([
      '0 bytes',
      '999 bytes',
      '1.2 MB',
      '2.5 GB',
    ])
    expect(ageText({ firstSeen: exampleReport.endedAt + 1 }, exampleReport)).toBeNull()
    expect(pathText(['a', 0, 'b c', 'd'])).toBe('a[0]["b c"].d')
    expect(placeText({ ...example.places[0]!, encodings: ['json', 'base64'] })).toContain('encoded base64 in json')
  })
})
