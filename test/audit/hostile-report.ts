import type { AuditReport, Place, SecretSummary } from '../../src/audit/report.js'
import { buildReport, summaryOf } from './report-fixture.js'

/** What someone may choose as a thread id, a file's name or a user's name, in the hope that a report takes it for syntax. */
export const HOSTILE_NAMES: readonly string[] = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<svg/onload=alert(1)>',
  '</style></title></details></summary>',
  '-->]]><![CDATA[x',
  '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
  '| a | b |\n| --- | --- |',
  '```\n# Heading\n```',
  '` ``code`` `',
  '\\| \\` \\',
  '[x](javascript:alert(1)) ![x](https://evil.example/p.png)',
  '<https://evil.example> www.evil.example @everyone #1 :tada:',
  '\n::error file=a,line=1::injected',
  '::stop-commands::x',
  '  ::set-output name=a::b',
  '##[error]injected',
  '##vso[task.setvariable variable=a]b',
  "##teamcity[buildStatus text='x']",
  '%0A::error::injected',
  '\u001b[31mred\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  '\u009b31m\u0090q\u009c',
  'invoice\u202egnp.exe',
  'a\u0000b\u0008\ufffe\uffff',
  '\ud800 alone \udc00',
  'a\u2028b\u2029c\r\nd\te',
  'zero\u200bwidth\ufeff\u{e0041}',
  '{0} {{x}} $(x)',
  'javascript:alert(1)',
  '//evil.example/x',
  '../../etc/passwd',
  'C:\\windows\\x.json',
  'constructor',
  '__proto__',
  '',
  'long'.repeat(25_000),
]

const HOSTILE_LINKS = [
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://user:word@evil.example/',
  'https://evil.example/"><script>alert(1)</script>',
  'https://evil.example/)](javascript:x)|`x`\n::error::x',
  'http://evil.example/',
  ' JaVaScRiPt:alert(1)',
  'not a link',
]

/** A report in which every text that can come out of a store, a file or a rule of the user's is one of `names`. */
export function hostileReport(names: readonly string[] = HOSTILE_NAMES): AuditReport {
  const base = buildReport({ secrets: names.length, complete: false })
  const secrets = names.map((name, i) =>
    hostileSecret(base.secrets[i]!, name, HOSTILE_LINKS[i % HOSTILE_LINKS.length]!),
  )
  return {
    ...base,
    tool: { ...base.tool, version: names[0]! },
    sources: names.slice(0, 3).map((name, i) => ({ ...base.sources[i]!, name, layout: name, unreadable: i })),
    secrets,
    summary: summaryOf(secrets),
    warnings: names.map((name, i) => ({ code: name, message: name, source: i % 3, count: i + 1 })),
  }
}

function hostileSecret(secret: SecretSummary, name: string, rotateAt: string): SecretSummary {
  return {
    ...secret,
    id: name,
    ruleId: name,
    provider: name,
    title: name,
    prefix: name,
    rotateAt,
    owners: [name, `${name}2`],
    firstSeen: 1e20,
    places: [hostilePlace(name), { ...hostilePlace(name), file: name, line: 3, column1: 7 }, fileOnly(name)],
  }
}

const hostilePlace = (name: string): Place => ({
  source: 0,
  kind: 'value',
  copies: 1,
  table: name,
  column: name,
  threadId: name,
  namespace: name,
  checkpointId: name,
  taskId: name,
  at: Number.MAX_SAFE_INTEGER,
  channel: name,
  node: name,
  path: [name, 0, name],
  message: { index: 2, id: name, role: name },
  start: 0,
  end: 10,
  encodings: ['json', 'base64'],
  inKey: true,
})

const fileOnly = (file: string): Place => ({
  source: 2,
  kind: 'text',
  copies: 1,
  file,
  line: 1,
  column1: 1,
  start: 5,
  end: 50,
  encodings: [],
  inKey: false,
})
