import { inspect } from 'node:util'
import { type StoredBytes, textBytes } from '../stored-bytes.js'

const CONSOLE = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const
const STREAMS = ['stdout', 'stderr'] as const

export interface WatchedOutput {
  dump(): StoredBytes[]
  /** Puts the console and the streams back. */
  stop(): void
}

/** Records what is printed, and still prints it: through the console (test runners replace it) and the process's streams. */
export function watchOutput(): WatchedOutput {
  const printed: StoredBytes[] = []
  const restore: (() => void)[] = []
  const watched = console
  for (const method of CONSOLE) {
    const original = watched[method]
    watched[method] = (...args: unknown[]) => {
      printed.push(textBytes('log', `console.${method}`, args.map((arg) => everyRendering(arg)).join('\n')))
      original.apply(watched, args)
    }
    restore.push(() => {
      watched[method] = original
    })
  }
  for (const name of STREAMS) {
    const stream = process[name]
    const original = stream.write
    stream.write = ((chunk: string | Uint8Array, ...rest: []) => {
      printed.push({
        area: 'log',
        place: name,
        bytes: typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk,
      })
      return original.call(stream, chunk, ...rest)
    }) as typeof stream.write
    restore.push(() => {
      stream.write = original
    })
  }
  return {
    dump: () => [...printed],
    stop: () => {
      for (const undo of restore) undo()
    },
  }
}

/** All that an error could show in a log: message, stack, causes, own properties, JSON. */
export function dumpError(error: unknown, place: string): StoredBytes {
  return textBytes('error', place, everyRendering(error))
}

function everyRendering(value: unknown): string {
  const texts = [inspect(value, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null })]
  for (let error = value; error instanceof Error; error = error.cause) texts.push(String(error), error.stack ?? '')
  try {
    texts.push(JSON.stringify(value) ?? '')
  } catch {
    // Cyclic: inspect has shown it.
  }
  return texts.join('\n')
}
