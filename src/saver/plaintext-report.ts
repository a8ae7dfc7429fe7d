import type { ScrubContext } from '../vault/scrub/scrubber.js'
import type { SaverRead } from './reveal.js'
import type { Visitable } from './saver-call.js'
import { findPlaintext } from './scrub-call.js'

/**
 * Says, once for each thread, that plaintext secrets stand in the store: rows from before the wrapper, or rows that
 * `writes: 'report'` lets through. Names rules and channels, never values.
 */
export function reportOldPlaintext<T>(read: SaverRead<T>, context: ScrubContext): void {
  if (context.memory.plaintextReported) return
  const found = collect((visit) => read.map(visit), context)
  if (found.size > 0)
    warn(context, found, 'already stand in plaintext in its stored rows (written before they were protected)')
}

export function reportCall<Call>(call: Pick<Visitable<Call>, 'map'>, context: ScrubContext): void {
  const found = collect((visit) => call.map(visit), context)
  if (found.size > 0 && !context.memory.plaintextReported) {
    warn(context, found, "are being stored in plaintext, because of writes: 'report'")
  }
}

function collect(
  map: (visit: (value: unknown, channel: string) => unknown) => unknown,
  context: ScrubContext,
): Set<string> {
  const found = new Set<string>()
  map((value, channel) => {
    for (const rule of findPlaintext(value, channel, context)) found.add(`${rule} in ${channel}`)
    return value
  })
  return found
}

function warn({ memory, scope, scanner }: ScrubContext, found: ReadonlySet<string>, what: string): void {
  memory.plaintextReported = true
  const list = [...found].sort().slice(0, 20).join(', ')
  const thread = scanner.scan(scope.threadId).length === 0 ? `thread "${scope.threadId}"` : 'a thread'
  process.emitWarning(`Secrets of ${thread} ${what}: ${list}.`, { code: 'SECRET_SAFE_PLAINTEXT' })
}
