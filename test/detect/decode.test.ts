import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../src/detect/decode/base64.js'
import { decodeRun } from '../../src/detect/decode/index.js'
import { Scanner } from '../../src/detect/scanner.js'
import { stockRules } from '../../src/rules/index.js'
import { fillTemplate, seededRandom } from '../../src/testing/templates.js'

const scanner = new Scanner(stockRules)
const random = seededRandom(5)
const token = () => fillTemplate('ghp_{{base62:36}}', random)
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** The only hit: its stored run, its decoding steps, its secret; `decodeRun` must lead from the first to the last. */
function only(text: string) {
  const hits = scanner.scan(text)
  expect(hits.length, text).toBe(1)
  const hit = hits[0]!
  const run = text.slice(hit.start, hit.end)
  expect(decodeRun(run, hit.encodings)).toContain(hit.secret)
  return { run, encodings: hit.encodings, secret: hit.secret }
}

describe('decoders', () => {
  it('report a base64 run as a whole, padding included, so that replacing it leaves nothing', () => {
    for (const around of ['', 'x', 'xy']) {
      const secret = token()
      const run = base64(`{"t":"${secret}"}${around}`)
      expect(only(`v: ${run} end`)).toEqual({ run, encodings: ['base64'], secret })
    }
  })

  it('find base64 behind a path or a prefix of the same letters', () => {
    const secret = token()
    const run = Buffer.from(`?? ${secret} >>>`).toString('base64url')
    expect(only(`https://h/p/${run}/`).secret).toBe(secret)
    expect(only(`prefix_${run}`).secret).toBe(secret)
  })

  describe.each([60, 64, 70, 76])(
    'read base64 in lines of %i as one text, since a secret may go on in the next',
    (width) => {
      const secret = token()
      const lines = base64(
        `Dear colleague,\n\nhere is the key to the cluster: ${secret}\n\nKind regards, the platform team\n`,
      ).match(new RegExp(`.{1,${width}}`, 'g'))!

      it.each<[string, (run: string) => string]>([
        ['mail', (run) => `Content-Transfer-Encoding: base64\r\n\r\n${run}\r\n--end`],
        ['JSON', (run) => `{"body":"${run}","n":1}`],
        ['JSON in JSON', (run) => `{"a":"{\\"body\\":\\"${run}\\"}"}`],
      ])('in %s', (name, around) => {
        const run = lines.join(name === 'mail' ? '\r\n' : name === 'JSON' ? '\\r\\n' : '\\\\r\\\\n')
        expect(only(around(run))).toEqual({ run, encodings: ['base64'], secret })
      })
    },
  )

  it('end base64 in lines before what is no part of it', () => {
    const secret = token()
    const text = `# configuration of the service, kept by the platform team\ntoken: ${secret}\nregion: eu-west-1\nx`
    const run = base64(text)
      .match(/.{1,64}/g)!
      .join('\n')
    expect(only(`${run}\nKind regards`)).toEqual({ run, encodings: ['base64'], secret })
  })

  it('take lines of one length for values of their own', () => {
    const secrets = [token(), token(), token()]
    const text = secrets.map((secret) => base64(`${secret}.....`)).join('\n')
    expect(scanner.scan(text).length).toBe(3)
  })

  it('read UTF-16 in base64, as PowerShell writes commands', () => {
    const secret = token()
    const run = Buffer.from(`curl -u x ${secret}`, 'utf16le').toString('base64')
    expect(only(`powershell -EncodedCommand ${run}`).encodings[0]).toBe('base64')
  })

  it('report only the numbers that encode the secret, so that a quoted replacement leaves valid JSON', () => {
    const secret = token()
    const bytes = [...Buffer.from(`é v=${secret} é`)]
    for (const text of [JSON.stringify({ type: 'Buffer', data: bytes }), JSON.stringify({ data: bytes }, null, 2)]) {
      const { run, encodings } = only(text)
      expect(encodings).toEqual(['bytes'])
      expect(run.split(',').map(Number)).toEqual([...Buffer.from(secret)])
      expect(() => JSON.parse(text.replace(run, '"claim"'))).not.toThrow()
    }
  })

  it('name no step when the run itself stands unaltered among escapes', () => {
    const secret = token()
    expect(only(JSON.stringify({ a: `line\n${secret}\nline` }))).toEqual({ run: secret, encodings: [], secret })
    expect(only(`a%20${secret}%20b`)).toEqual({ run: secret, encodings: [], secret })
  })

  it('name every step, outermost first', () => {
    const secret = token()
    const inner = base64(`token ${secret}`)
    expect(only(base64(JSON.stringify({ v: inner }))).encodings).toEqual(['base64', 'base64'])
    expect(only(encodeURIComponent(base64(`??>>${secret}??>>`))).encodings).toEqual(['percent', 'base64'])
  })

  it('find a private key whose line breaks are escaped, as JSON holds it', () => {
    const pem = fillTemplate('{{pem:PRIVATE KEY}}', random)
    const stored = JSON.stringify(pem).slice(1, -1)
    expect(only(JSON.stringify({ private_key: pem }))).toEqual({ run: stored, encodings: ['json'], secret: pem })
  })

  it('join what a shell command breaks over two lines', () => {
    const secret = token()
    expect(only(`x ${secret.slice(0, 12)}\\\n${secret.slice(12)} y`).secret).toBe(secret)
  })

  it('stop at their depth: the work stays bounded', () => {
    let text = token()
    for (let i = 0; i < 5; i++) text = base64(`wrapped: ${text}`)
    expect(scanner.scan(text)).toEqual([])
  })

  it('base64 agrees with the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = encodeBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        const body = text.replace(/=+$/, '')
        expect(Buffer.from(decodeBase64(body, 0, body.length)).equals(Buffer.from(bytes))).toBe(true)
      }),
    )
  })

  it('lead back from any stored run to its secret', () => {
    const wraps: ((text: string) => string)[] = [
      (text) => JSON.stringify({ v: text }),
      (text) => encodeURIComponent(`{"v":"${text}"}`),
      (text) => base64(`{"v":"${text}"}`),
      (text) => Buffer.from(`value ${text}`).toString('hex'),
      (text) => JSON.stringify([...Buffer.from(`value ${text}`)]),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...wraps), fc.constantFrom(...wraps), fc.string(), (outer, inner, noise) => {
        const secret = token()
        const hit = scanner
          .scan(outer(inner(`${noise.replaceAll(/[^ -~]/g, '')} ${secret} `)))
          .find((one) => one.secret === secret)
        expect(hit).toBeDefined()
      }),
      { numRuns: 300 },
    )
  })
})
