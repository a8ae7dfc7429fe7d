import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../../src/testing/templates.js'
import { check, directory, placesOf, warningsOf } from './files.js'

const token = () => fillTemplate('{{token:github-pat}}')
/** Not written out, so that it is no comment of this file. */
const allow = (rule = 'github-token', reason = ' -- a fixture, revoked') => `secret-safe: ${'allow'} ${rule}${reason}`

describe('an allow comment', () => {
  it.each([
    ['//', (secret: string) => `const a = '${secret}' // ${allow()}`],
    ['#', (secret: string) => `a = ${secret}  # ${allow()}`],
    ['--', (secret: string) => `select '${secret}'; -- ${allow()}`],
    ['/* */', (secret: string) => `a: ${secret} /* ${allow()} */`],
    ['<!-- -->', (secret: string) => `<b>${secret}</b> <!-- ${allow()} -->`],
    [';', (secret: string) => `a=${secret} ; ${allow()}`],
    ['on the line before', (secret: string) => `// ${allow()}\nconst a = '${secret}'`],
    ['indented, before CRLF', (secret: string) => `  <!-- ${allow()} -->\r\n  ${secret}\r\n`],
    [
      'two of them before a line',
      (secret: string) => `# ${allow('aws-access-key-id')}\n# ${allow()}\n${secret} ${aws}`,
    ],
    ['two rules in one', (secret: string) => `${secret} ${aws} # ${allow('aws-access-key-id, github-token')}`],
  ])('lets a finding stay: %s', async (_, text) => {
    const result = await check(directory({ 'a.txt': text(token()) }))
    expect(placesOf(result)).toEqual([])
    expect(warningsOf(result)).toEqual([])
    expect(result.report.summary.allowed).toBeGreaterThan(0)
  })

  const aws = fillTemplate('{{token:aws}}')

  it.each([
    ['another rule', `# ${allow('npm-token')}`, 'allow-comment-unused'],
    ['no reason', `# ${allow('github-token', '')}`, 'allow-comment-invalid'],
    ['an empty reason', `# ${allow('github-token', ' --  ')}`, 'allow-comment-invalid'],
    ['no rule', `# ${allow('-- why')}`, 'allow-comment-invalid'],
    ['any rule', `# ${allow('*')}`, 'allow-comment-invalid'],
  ])('with %s allows nothing, and is reported', async (_, comment, warning) => {
    const result = await check(directory({ 'a.txt': `${token()} ${comment}\n` }))
    expect(result.failing).toBe(1)
    expect(warningsOf(result)).toEqual([warning])
  })

  it('speaks for its own line alone, or for the next when nothing else stands on it', async () => {
    const text = `${token()} # ${allow()}\n${token()}\n\n# ${allow()}\n\n${token()}\n`
    const result = await check(directory({ 'a.txt': text }))
    expect(placesOf(result).map((place) => place.split(' ')[0])).toEqual(['a.txt:2:1', 'a.txt:6:1'])
    expect(result.report.warnings).toMatchObject([
      { code: 'allow-comment-unused', message: expect.stringContaining('a.txt:4') },
    ])
  })

  it('is none in prose or in a string, and a placeholder in documentation is none', async () => {
    const text = `say ${allow()}\n\`${allow()}\`\n// secret-safe: ${'allow'} <rule-id> -- reason\n`
    const result = await check(directory({ 'a.md': text }))
    expect(warningsOf(result)).toEqual([])
  })

  it('is found wherever chunks of a large file are cut', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) =>
      i % 1_000 === 7 ? `${token()} # ${allow()}` : 'x'.repeat(i % 60),
    )
    const result = await check(directory({ 'a.txt': lines.join('\n') }))
    expect(result).toMatchObject({ failing: 0, report: { summary: { allowed: 30 }, warnings: [] } })
  })
})
