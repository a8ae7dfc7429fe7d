import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineTrail } from '../../../src/audit/check/line-trail.js'
import { TextReader, textFormOf } from '../../../src/audit/check/text-form.js'

describe('a line trail', () => {
  it('tells line, column and byte as counting over the whole text would, however it is cut and however little is kept', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r\n', 'plain text', '😀', 'é', '日本', '\u0000'),
      fc.nat({ max: 40 }).map((length) => 'x'.repeat(length * 700)),
      fc.constant(Buffer.from([0xff, 0xc3])),
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }),
        fc.integer({ min: 1, max: 70_000 }),
        fc.nat(),
        (pieces, size, seed) => {
          const bytes = Buffer.concat(pieces.map((part) => Buffer.from(part)))
          const form = textFormOf(new Uint8Array(0))
          const reader = new TextReader(form)
          const trail = new LineTrail(form, 100_000)
          const units: { line: number; column1: number; byte: number }[] = []
          let at = { line: 1, column1: 1, byte: 0 }
          const take = (chunk: ReturnType<TextReader['end']>) => {
            for (const char of chunk.text) {
              const length = chunk.form.bytesOf(char)
              for (let i = 0; i < char.length; i++) units.push(at)
              at = {
                line: at.line + (char === '\n' ? 1 : 0),
                column1: char === '\n' ? 1 : at.column1 + char.length,
                byte: at.byte + length,
              }
            }
            trail.push(chunk)
            for (const back of [1, 60_000, 99_000, seed % 99_000]) {
              const offset = trail.length - back
              if (offset < 0 || isLow(trail.slice(offset, offset + 1))) continue
              expect(trail.locate(offset)).toEqual(units[offset] ?? at)
            }
          }
          for (let i = 0; i < bytes.length; i += size) take(reader.read(bytes.subarray(i, i + size)))
          take(reader.end())
          expect(at.byte).toBe(bytes.length)
        },
      ),
      { numRuns: 30 },
    )
  })
})

const isLow = (unit: string): boolean => /^[\udc00-\udfff]/.test(unit)
