import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from '../../../src/audit/report.js'
import { githubReport } from '../../../src/audit/reports/github-report.js'
import { htmlReport } from '../../../src/audit/reports/html/html-report.js'
import { junitReport } from '../../../src/audit/reports/junit-report.js'
import { markdownReport } from '../../../src/audit/reports/markdown-report.js'
import { safeLink } from '../../../src/audit/reports/shown.js'
import { createDetector } from '../../../src/detect-entry.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import { HOSTILE_NAMES, hostileReport } from '../hostile-report.js'
import { buildReport, cleanReport, summaryOf } from '../report-fixture.js'
import { RENDERERS } from './renderers.js'

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u
const anyName = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...HOSTILE_NAMES.slice(0, -1)))

describe.each(Object.entries(RENDERERS))('%s', (name, render) => {
  it('lets no terminal escape, override of direction, line end or lone surrogate of a name through', () => {
    const lines = render(hostileReport()).split('\n')
    expect(lines.filter((line) => UNSEEN.test(line))).toEqual([])
  })

  it('is the same for the same report, and does not change it', () => {
    const report = hostileReport()
    const before = structuredClone(report)
    expect(render(report)).toBe(render(report))
    expect(report).toEqual(before)
  })

  it('renders a report in which nothing was found, and one of nothing at all', () => {
    const slips = /undefined|NaN|\[object/
    for (const report of [
      cleanReport(),
      { ...cleanReport(), sources: [], complete: false },
      buildReport({ secrets: 1 }),
    ]) {
      expect(render(report).replace(/<script>[\s\S]*<\/script>/, '')).not.toMatch(slips)
    }
  })

  it('does not print what a collector keeps beside a finding for its own use', () => {
    const secret = opaqueSecret()
    const base = buildReport({ secrets: 3 })
    const secrets = base.secrets.map((each) => ({
      ...each,
      secret,
      places: each.places.map((place) => ({ ...place, text: secret, match: { value: secret } })),
    }))
    const report = { ...base, secrets, plaintexts: [secret], summary: { ...base.summary, sample: secret } }
    expect(render(report as AuditReport)).not.toContain(secret)
  })

  it('prints names as they are given: the collector must have redacted a token in one', () => {
    const token = anthropicKey()
    const withId = (threadId: string): AuditReport => {
      const base = buildReport({ secrets: 1 })
      const secrets = base.secrets.map((each) => ({
        ...each,
        owners: [threadId],
        places: [{ ...each.places[0]!, threadId, channel: threadId, path: [threadId] }],
      }))
      return { ...base, secrets, summary: summaryOf(secrets) }
    }
    const detector = createDetector()
    const certain = (text: string) => detector.scanText(text).filter(({ ruleId }) => ruleId.startsWith('anthropic'))
    expect(certain(render(withId(token))).length).toBeGreaterThan(0)
    expect(certain(render(withId('[redacted]')))).toEqual([])
  })

  it('commands no CI runner that reads its output', () => {
    if (name === 'github') return
    const lines = render(hostileReport()).split('\n')
    expect(lines.filter((line) => /^\s*::/.test(line))).toEqual([])
    if (name !== 'json') expect(lines.filter((line) => /##\w*\[/.test(line))).toEqual([])
  })
})

describe('GitHub annotations', () => {
  const COMMAND = /^::(error|warning|notice) (?:[a-z]+1?=[^:,\r\n]*)(?:,[a-z]+1?=[^:,\r\n]*)*::[^\r\n]*$/

  it('are one command on each line, whatever a name holds', () => {
    const report = hostileReport()
    const lines = githubReport(report).trimEnd().split('\n')
    expect(lines).toHaveLength(report.secrets.length + report.warnings.length + 1)
    expect(lines.filter((line) => !COMMAND.test(line))).toEqual([])
    expect(lines.join('\n')).not.toMatch(/##\w*\[/)
  })

  it('encode a percent sign, so that a name cannot bring an encoded line end', () => {
    const text = githubReport(hostileReport(['%0A::error::injected']))
    expect(text).toContain('%250A::error::injected')
    expect(text).not.toMatch(/[^5]0A::error/)
  })

  it('hold for any name', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const lines = githubReport(hostileReport([name]))
          .trimEnd()
          .split('\n')
        return lines.length === 3 && lines.every((line) => COMMAND.test(line))
      }),
    )
  })
})

describe('Markdown', () => {
  /** What is left when our own tags, code and links are taken out must hold no syntax that a name could have brought. */
  const residue = (text: string): string =>
    text
      .replace(/<code>[^<>\n`|*_[\]]*<\/code>/g, 'C')
      .replace(/`[\w./-]+`/g, 'C')
      .replace(/\[[^\n[\]<>]*\]\(<https:\/\/[^\s<>()]*>\)/g, 'L')
      .replace(/`audit --rotate-plan`/g, 'C')
      .replace(/<\/?(?:details|summary|sub)>|<br>/g, '')
      .replace(/^> /gm, '')
      .replace(/&#\d+;/g, '')

  it('takes no name for a tag, a link, an image, code, a mention or a row', () => {
    const text = markdownReport(hostileReport())
    expect(residue(text)).not.toMatch(/[<>`[\]@]|javascript:|www\.|:\/\//i)
    const rows = text.split('\n').filter((line) => line.startsWith('|'))
    expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([7, 9]))
  })

  it('holds for any name', () => {
    fc.assert(fc.property(anyName, (name) => !/[<>`[\]@]/.test(residue(markdownReport(hostileReport([name]))))))
  })

  it('stays below what a comment on GitHub may hold, by listing fewer secrets', () => {
    const text = markdownReport(hostileReport(Array.from({ length: 400 }, () => '|<&'.repeat(100))))
    expect(text.length).toBeLessThan(65_536)
    expect(text).toContain('the JSON and HTML reports list them')
  })
})

describe('JUnit', () => {
  it('holds no tag but its own, and no character that XML refuses', () => {
    const text = junitReport(hostileReport())
    const tags = new Set([...text.matchAll(/<([^\s>/!]+)/g)].map((match) => match[1]))
    expect(tags).toEqual(new Set(['?xml', 'testsuites', 'testsuite', 'testcase', 'failure', 'error', 'system-out']))
    expect(text).not.toMatch(/\]\]>|<!|[^\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
    expect(text.replace(/&(?:amp|lt|gt|quot|apos);/g, '')).not.toContain('&')
  })
})

describe('HTML', () => {
  it('holds one script and one style sheet, both ours, and no handler, frame, form target or inline style', () => {
    const text = htmlReport(hostileReport())
    expect(text.match(/<script/g)).toHaveLength(1)
    expect(text.match(/<style/g)).toHaveLength(1)
    const tags = text.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '').match(/<[a-z][^>]*>/gi)!
    expect(
      tags.filter((tag) => /\s(?:on\w+|style|src|action|formaction|srcdoc)=/i.test(tag.replace(/"[^"]*"/g, '""'))),
    ).toEqual([])
    const hrefs = tags.flatMap((tag) => [...tag.matchAll(/\shref="([^"]*)"/g)].map((match) => match[1]!))
    expect(hrefs.filter((href) => !/^(?:#|https:\/\/|data:image\/svg\+xml,)/.test(href))).toEqual([])
    expect(tags.filter((tag) => tag.includes('href="https') && !tag.includes('rel="noopener noreferrer"'))).toEqual([])
  })
})

describe('a link', () => {
  it('is shown only when it is https and names no user', () => {
    const links = [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://a.example/',
      'https://u:p@a.example/',
      'x',
      '//a.example',
      '',
    ]
    expect(links.map(safeLink)).toEqual(links.map(() => null))
    expect(safeLink('https://a.example/?q=1#x')).toBe('https://a.example/?q=1#x')
  })

  it('keeps no sign that ends a link in Markdown, an attribute or a SARIF message', () => {
    expect(safeLink('https://a.example/")\'](x)|`<>{}*~[')).toMatch(/^https:\/\/a\.example\/[\w%.&=?#/-]*$/)
  })
})
