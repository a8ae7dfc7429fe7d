import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { expectExactly, newSecrets, placeOf } from './planted.js'

const MB = 1 << 20
const LINE_MB = 300
/** Of the process, above what it had before; far less than the line is long. */
const MAX_GROWTH = 150 * MB

/** One line of words without an end, and at its end a secret. */
async function* line(head: string, secret: string, tail: string): AsyncGenerator<Buffer> {
  yield Buffer.from(head)
  const words = Buffer.from('the quick brown fox jumps over the lazy dog and then some more of it '.repeat(15_000))
  for (let bytes = 0; bytes < LINE_MB * MB; bytes += words.length) yield words
  yield Buffer.from(`${secret}${tail}`)
}

describe('an audit of a stream', () => {
  it.each([
    ['text', '', ''],
    ['one document of JSON', '{"a":"', '"}'],
    ['a line of JSON lines', '{"b":1}\n{"a":"', '"}\n'],
    ['an element of a list', '[1,{"a":"', '"},2]'],
    ['a row of a dump', '--\n-- PostgreSQL database dump\n--\nCOPY public.notes (note) FROM stdin;\n', '\n\\.\n'],
  ])(`reads a single line of ${LINE_MB} MB in bounded memory: %s`, async (_title, head, tail) => {
    const [one] = newSecrets(1)
    globalThis.gc?.()
    const before = process.memoryUsage.rss()
    let most = before
    const onProgress = () => {
      most = Math.max(most, process.memoryUsage.rss())
    }
    const stdin = Readable.from(line(head, one!.secret, tail))
    const report = await runAudit({ config: {}, version: '0', store: '-', stdin, onProgress })
    expectExactly(report, [one!])
    expect(placeOf(report, one!).start).toBeGreaterThan(LINE_MB * MB)
    expect(most - before).toBeLessThan(MAX_GROWTH)
  })
})
