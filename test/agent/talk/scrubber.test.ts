import { describe, expect, it } from 'vitest'
import { createScrubber, scrubText } from '../../../src/agent.js'
import { secret } from '../../../src/index.js'
import { createCanary } from '../../../src/testing/leak/index.js'
import { agentSaver, sightings } from '../../support/agents.js'
import { opaqueSecret } from '../../support/secrets.js'

const scrubber = createScrubber()
const token = createCanary('token')

describe('a scrubber', () => {
  it('masks what rules and names find, and says which rule', () => {
    expect(scrubText(`using ${token}.`)).toBe('using [redacted github-token].')
    expect(scrubber.text(`password=${opaqueSecret()} ok`)).toMatch(/^password=\[redacted [\w-]+\] ok$/)
    expect(scrubber.value({ user: 'dana', apiKey: opaqueSecret() })).toEqual({
      user: 'dana',
      apiKey: expect.stringMatching(/^\[redacted /),
    })
  })

  it('masks what any thread of this process knows, in every usual encoding, and leaves its claim URL', async () => {
    const word = opaqueSecret()
    const { saver } = await agentSaver()
    const secrets = await saver.secretsOf({ configurable: { thread_id: 'somewhere' } })
    const url = await secrets.scrub(secret(word), 'messages')
    expect(String(url)).toMatch(/^claim:/)
    const forms = [word, Buffer.from(`x:${word}`).toString('base64'), Buffer.from(word).toString('hex')]
    for (const form of forms) expect(scrubber.text(`see ${form}!`)).toBe('see [redacted known-value]!')
    expect(scrubber.text(`see ${String(url)}!`)).toBe(`see ${String(url)}!`)
    expect(sightings(word, scrubber.value({ a: [new Map([[word, { b: word }]])] }))).toEqual([])
  })

  it('keeps what is clean as the very value, and what was scrubbed as it is', () => {
    const clean = { a: [1, new Date(), { b: 'text' }] }
    expect(scrubber.value(clean)).toBe(clean)
    const once = scrubber.text(`a ${token} b`)
    expect(scrubber.text(once)).toBe(once)
    expect(scrubber.value(secret(token))).toBe('[redacted]')
  })

  it('looks into whatever a logger may be given', () => {
    class Answer {
      constructor(readonly body: string) {}
      toJSON() {
        return { body: this.body }
      }
    }
    const circular: Record<string, unknown> = { token }
    circular.self = circular
    let reads = 0
    const moody = {
      get field() {
        return reads++ === 0 ? 'fine' : token
      },
    }
    const values = [
      new Answer(token),
      circular,
      moody,
      new Proxy({ token }, {}),
      new Map([[token, 1]]),
      new Set([token]),
      Buffer.from(`Bearer ${token}`),
      [...Buffer.from(token)],
      new URL(`https://x.example/?q=${token}`),
      JSON.stringify({ headers: JSON.stringify({ authorization: `Bearer ${token}` }) }),
      { [token]: 1 },
    ]
    for (const [i, value] of values.entries()) {
      const shown = scrubber.value(value)
      expect(
        sightings(token, JSON.stringify(shown instanceof Map || shown instanceof Set ? [...shown] : shown)),
        `value ${i}`,
      ).toEqual([])
    }
    expect(circular.token).toBe(token)
  })

  it('keeps errors errors, with their stack, and without secrets in message, stack, cause or fields', () => {
    const error = Object.assign(new TypeError(`401 for ${token}`, { cause: new Error(token) }), {
      config: { headers: { Authorization: `Bearer ${token}` } },
      code: 'E401',
    })
    const shown = scrubber.value({ error, all: new AggregateError([error], token) }) as {
      error: TypeError & { code: string }
      all: AggregateError
    }
    expect(shown.error).toBeInstanceOf(TypeError)
    expect(shown.error.message).toBe('401 for [redacted github-token]')
    expect(shown.error.stack).toContain('scrubber.test.ts')
    expect(shown.error.code).toBe('E401')
    const texts = [shown.error, shown.error.cause as Error, shown.all, ...(shown.all.errors as Error[])]
    expect(
      sightings(
        token,
        texts.map((each) => `${each.message} ${each.stack} ${JSON.stringify(each)}`),
      ),
    ).toEqual([])
    expect(error.message).toContain(token)
  })

  it('replaces what is too large, or cannot be looked at, as a whole', () => {
    expect(createScrubber({ maxChars: 1000 }).text('x'.repeat(1001))).toBe('[redacted: too large]')
    expect(createScrubber({ maxChars: 100 }).value({ a: 'x'.repeat(90), b: `${'y'.repeat(20)} ${token}` })).toEqual({
      a: 'x'.repeat(90),
      b: '[redacted: too large]',
    })
    const hostile = {
      toJSON: () => {
        throw new Error(token)
      },
    }
    expect(scrubber.value(hostile)).toBe('[redacted: scrubbing failed]')
    let deep: unknown = token
    for (let i = 0; i < 500; i++) deep = [deep]
    expect(scrubber.value(deep)).toBe('[redacted: scrubbing failed]')
  })

  it('leaves a line of JSON one', () => {
    const line = `${JSON.stringify({ level: 30, msg: `a "${token}"`, nested: { password: opaqueSecret() } })}\n`
    const shown = scrubber.line(line)
    expect(shown.endsWith('}\n')).toBe(true)
    expect(JSON.parse(shown)).toMatchObject({ level: 30, msg: 'a "[redacted github-token]"' })
    expect(scrubber.line(`[x] not JSON ${token}\n`)).toBe('[x] not JSON [redacted github-token]\n')
  })
})
