import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { FAILED, type TalkScrubber } from './scrubber.js'

/** All that print; `clear` and `profile` say nothing. */
const METHODS = [
  ...[
    'assert',
    'count',
    'countReset',
    'debug',
    'dir',
    'dirxml',
    'error',
    'group',
    'groupCollapsed',
    'groupEnd',
    'info',
  ],
  ...['log', 'table', 'time', 'timeEnd', 'timeLog', 'trace', 'warn'],
] as const

type Printer = Record<(typeof METHODS)[number], (...args: unknown[]) => void>

/**
 * Prints what a console would have printed, without secrets: arguments are formatted first, so that one that comes in pieces, in an
 * object or in a stack is found, too.
 * @param target the global console unless told.
 * @returns puts the console back.
 */
export function scrubConsole(scrubber: TalkScrubber, target: Console = console): () => void {
  const printed: { readonly stream: 'log' | 'error'; readonly text: string }[] = []
  const sink = (stream: 'log' | 'error') =>
    new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        printed.push({ stream, text: String(chunk) })
        done()
      },
    })
  const colorMode = process.stdout.isTTY === true
  // Indentation, counters and timers are kept by whoever formats.
  const formatter = new Console({ stdout: sink('log'), stderr: sink('error'), colorMode }) as unknown as Printer
  const printer = target as unknown as Printer
  const originals = Object.fromEntries(METHODS.map((method) => [method, printer[method]])) as Printer
  for (const method of METHODS) {
    printer[method] = (...args) => {
      printed.length = 0
      try {
        formatter[method](...args)
      } catch {
        printed.push({ stream: 'log', text: FAILED })
      }
      const said = printed.splice(0)
      for (const stream of ['log', 'error'] as const) {
        const text = said.flatMap((each) => (each.stream === stream ? each.text : [])).join('')
        if (text !== '') originals[stream].call(target, '%s', scrubber.text(text.replace(/\n$/, '')))
      }
    }
  }
  return () => {
    Object.assign(printer, originals)
  }
}
