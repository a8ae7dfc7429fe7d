import { Console } from 'node:console'
import { Writable } from 'node:stream'
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import winston from 'winston'
import {
  createScrubber,
  pinoHooks,
  scrubConsole,
  scrubSpans,
  type TalkScrubber,
  winstonFormat,
} from '../../../src/agent.js'
import { createCanary } from '../../../src/testing/leak/index.js'
import { sightings } from '../../support/agents.js'

const scrubber = createScrubber()

/** Collects what is written, as a file would. */
function sink() {
  const chunks: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  return { stream, text: () => chunks.join('') }
}

const failure = (token: string) =>
  Object.assign(new Error(`401 for ${token}`, { cause: new Error(`cause ${token}`) }), {
    config: { headers: { Authorization: `Bearer ${token}` } },
  })

/** Says a token in every way in which a program logs one, with and without a scrubber. */
const SINKS: Readonly<Record<string, (token: string, scrubber?: TalkScrubber) => Promise<string>>> = {
  async console(token, used) {
    const { stream, text } = sink()
    const target = new Console({ stdout: stream, stderr: stream })
    const undo = used ? scrubConsole(used, target) : () => undefined
    target.log('token %s%s', token.slice(0, 12), token.slice(12))
    target.info({ a: { b: { c: { authorization: `Bearer ${token}` } } } }, [token])
    target.error(failure(token))
    target.warn(`${token}`)
    target.debug(new Map([[token, new Set([token])]]))
    target.dir({ token }, { depth: 0 })
    target.table([{ token }])
    target.assert(false, token)
    target.trace(token)
    target.count(token)
    target.group(token)
    target.log('inside')
    target.groupEnd()
    target.log(Buffer.from(token), { [Symbol('s')]: token })
    undo()
    return text()
  },
  async pino(token, used) {
    const { stream, text } = sink()
    const logger = pino({ level: 'trace', ...(used && pinoHooks(used)) }, stream)
    logger.info(`msg ${token}`)
    logger.info({ auth: { access_token: token }, list: [token] }, 'with %s and %j', token, { token })
    logger.error(failure(token))
    logger.error({ err: failure(token) }, 'failed')
    logger.child({ apiKey: token }).child({ nested: { token } }).warn('child')
    return text()
  },
  async winston(token, used) {
    const { stream, text } = sink()
    const last = used ? [winstonFormat(used) as never] : []
    const { combine, errors, json, simple, splat, printf } = winston.format
    for (const written of [json(), simple(), printf((info) => `${info.level} ${JSON.stringify(info)}`)]) {
      const logger = winston.createLogger({
        format: combine(errors({ stack: true }), splat(), written, ...last),
        transports: [new winston.transports.Stream({ stream })],
      })
      logger.info(`msg ${token}`)
      logger.info('with %s and %j', token, { token }, { access_token: token })
      logger.error(failure(token))
      logger.child({ apiKey: token }).warn('child', { nested: { token } })
    }
    return text()
  },
  async spans(token, used) {
    const exporters = [new InMemorySpanExporter(), new InMemorySpanExporter()]
    const processors = [new SimpleSpanProcessor(exporters[0]!), new BatchSpanProcessor(exporters[1]!)]
    const provider = new BasicTracerProvider({
      spanProcessors: processors.map((processor) => (used ? scrubSpans(processor, used) : processor)),
    })
    const tracer = provider.getTracer('test')
    const other = tracer.startSpan('other')
    const span = tracer.startSpan(`GET /?key=${token}`, {
      attributes: { 'http.url': `https://x.example/?key=${token}`, list: [token] },
      links: [{ context: other.spanContext(), attributes: { token } }],
    })
    span.addEvent(`using ${token}`, { password: token })
    span.recordException(failure(token))
    span.setStatus({ code: 2, message: `401 for ${token}` })
    span.end()
    other.end()
    await provider.forceFlush()
    const finished = exporters.flatMap((exporter) => exporter.getFinishedSpans())
    expect(finished).toHaveLength(4)
    expect(finished[0]!.duration).toEqual(expect.any(Array))
    expect(finished[0]!.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/)
    return JSON.stringify(
      finished.map(({ name, attributes, events, links, status }) => ({ name, attributes, events, links, status })),
    )
  },
}

describe.each(Object.entries(SINKS))('%s', (_name, say) => {
  it('shows a token by itself', async () => {
    const token = createCanary('token')
    expect(sightings(token, await say(token))).not.toEqual([])
  })

  it('shows none through the scrubber, and says that there was one', async () => {
    const token = createCanary('token')
    const said = await say(token, scrubber)
    expect(sightings(token, said)).toEqual([])
    expect(said).toContain('[redacted github-token]')
  })
})

describe('what is printed through a scrubber', () => {
  it('is what the console would have printed, line for line, where it is clean', () => {
    const say = (target: Console) => {
      target.log('a %d %s %o', 1, 'b', { c: [1, 2, { d: new Date(0) }] })
      target.group('group')
      target.warn('inside', { deep: { er: { still: { x: 1 } } } })
      target.groupEnd()
      target.table([{ a: 1 }, { a: 2 }])
      target.count('n')
      target.count('n')
      target.log()
      target.error('100%', '%s')
    }
    const [bare, scrubbed] = [sink(), sink()]
    say(new Console({ stdout: bare.stream, stderr: bare.stream }))
    const target = new Console({ stdout: scrubbed.stream, stderr: scrubbed.stream })
    const undo = scrubConsole(scrubber, target)
    say(target)
    undo()
    expect(scrubbed.text()).toBe(bare.text())
    target.log('put back')
    expect(scrubbed.text()).toContain('put back')
  })

  it('stays JSON in pino and winston', async () => {
    const token = createCanary('token')
    const lines = (await SINKS.pino!(token, scrubber)).trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) })
    const [first] = (await SINKS.winston!(token, scrubber)).split('\n')
    expect(JSON.parse(first!)).toMatchObject({ level: 'info' })
  })
})
