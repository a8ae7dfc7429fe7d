import { FAILED, type TalkScrubber } from './scrubber.js'

/** Of pino's options: `pino({ ...pinoHooks(scrubber) })`. Each line is scrubbed when it is written, whatever it was made of. */
export interface PinoHooks {
  readonly hooks: { streamWrite(line: string): string }
}

export function pinoHooks(scrubber: TalkScrubber): PinoHooks {
  return { hooks: { streamWrite: (line) => scrubber.line(line) } }
}

/** What winston hands from one format to the next. */
type Info = Record<PropertyKey, unknown>

/** As winston's formats are. */
export interface WinstonFormat {
  transform(info: Info): Info
}

const MESSAGE = Symbol.for('message')
const LEVEL = Symbol.for('level')

/**
 * A format for winston, to stand last: `format.combine(format.errors({ stack: true }), format.json(), winstonFormat(scrubber))`. It
 * scrubs the line that was written, and the fields for transports that write by themselves.
 */
export function winstonFormat(scrubber: TalkScrubber): WinstonFormat {
  return {
    transform(info) {
      const scrubbed = scrubber.value(info)
      const fields = typeof scrubbed === 'object' && scrubbed !== null ? scrubbed : { message: FAILED }
      const line = info[MESSAGE]
      const symbols = Object.getOwnPropertySymbols(info).filter((symbol) => symbol !== MESSAGE && symbol !== LEVEL)
      return Object.assign(Object.create(Object.getPrototypeOf(fields)) as Info, fields, {
        level: info.level,
        ...Object.fromEntries(symbols.map((symbol) => [symbol, scrubber.value(info[symbol])])),
        [LEVEL]: info[LEVEL],
        ...(typeof line === 'string' && { [MESSAGE]: scrubber.line(line) }),
      })
    },
  }
}
