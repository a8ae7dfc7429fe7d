import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDetector } from '../../src/detect-entry.js'
import { InputError } from '../../src/errors.js'
import { fillTemplate, seededRandom } from '../../src/testing/templates.js'

const detector = createDetector()
const random = seededRandom(3)
const token = () => fillTemplate('ghp_{{base62:36}}', random)

function stream(chunks: readonly (string | Uint8Array)[]) {
  const scan = detector.createScanStream()
  return [...chunks.flatMap((chunk) => scan.push(chunk)), ...scan.end()].map(({ start, end }) => [start, end])
}

const filler = 'The quick brown fox jumps over the lazy dog. '.repeat(2000)

describe('a scan of chunks', () => {
  const text = `${filler}${token()} ${filler}"password": "hunter2-x" ${filler}${filler}${filler}${token()}\n${filler}${token()}`
  const whole = detector.scanText(text).map(({ start, end }) => [start, end])

  it('finds each secret exactly once at absolute offsets, wherever the chunks are cut', () => {
    expect(whole.length).toBe(4)
    for (const size of [97, 4096, 65_536, 262_144, 300_000, text.length]) {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        text.slice(i * size, (i + 1) * size),
      )
      expect(stream(chunks), `chunks of ${size}`).toEqual(whole)
    }
  })

  it('finds a secret cut at any place', () => {
    const secret = token()
    for (let cut = 1; cut < secret.length; cut++) {
      expect(stream([`a ${secret.slice(0, cut)}`, `${secret.slice(cut)} b`])).toEqual([[2, 2 + secret.length]])
    }
  })

  it('gives byte offsets for bytes, whatever stands before them', () => {
    const secret = token()
    const bytes = Buffer.from(`Grüße, мир: ${secret} – fin`)
    const start = bytes.indexOf(secret)
    expect(stream([bytes])).toEqual([[start, start + secret.length]])
    expect(stream([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual([[start, start + secret.length]])
    expect(detector.scanBytes(bytes).map((one) => [one.start, one.end])).toEqual([[start, start + secret.length]])
  })

  it('reads UTF-16 of either byte order, in one piece and in chunks of odd length', () => {
    const secret = token()
    const little = Buffer.from(`a note: ${secret} and more`, 'utf16le')
    const big = Buffer.from(little).swap16()
    const expected = [[16, 16 + 2 * secret.length]]
    for (const bytes of [little, big]) {
      expect(detector.scanBytes(bytes).map((one) => [one.start, one.end])).toEqual(expected)
      expect(stream([bytes.subarray(0, 31), bytes.subarray(31, 50), bytes.subarray(50)])).toEqual(expected)
    }
  })

  it('refuses a mix of text and bytes', () => {
    const scan = detector.createScanStream()
    scan.push('a')
    expect(() => scan.push(Uint8Array.of(1))).toThrow(InputError)
  })

  it('agrees with scanText for any cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 300 }), { maxLength: 5 }), (cuts) => {
        const small = `x=1 ${token()} password: hunter2-y\n{"api_key":"${token()}"} end`
        const at = [0, ...cuts.map((cut) => cut % small.length).sort((a, b) => a - b), small.length]
        const chunks = at.slice(1).map((end, i) => small.slice(at[i], end))
        expect(stream(chunks)).toEqual(detector.scanText(small).map(({ start, end }) => [start, end]))
      }),
      { numRuns: 200 },
    )
  })
})
