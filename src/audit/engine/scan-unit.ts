import { setImmediate as nextTurn } from 'node:timers/promises'
import { foreignCode, SecretSafeError } from '../../errors.js'
import { Collector, type CollectorState } from '../collect/collector.js'
import { type ScanTools, UnitScanner } from '../scan/unit-scanner.js'
import type { AuditSource, ReadFilter, Unit } from '../sources/source.js'
import { threadFilter } from '../sources/thread-filter.js'
import type { Pace } from './pace.js'

export interface UnitOptions {
  readonly key: Uint8Array
  readonly filter: ReadFilter
  readonly since?: number | undefined
  readonly pace?: Pace | undefined
  readonly signal?: AbortSignal | undefined
  /** Called for each page. */
  readonly onBytes?: ((bytes: number) => void) | undefined
}

/** What is read before others get a turn. */
const TURN_BYTES = 1 << 20

/**
 * Reads one unit. What cannot be read is a warning: nothing that a store holds makes an audit fail.
 * @returns undefined when it was interrupted.
 */
export async function scanUnit(
  source: AuditSource,
  index: number,
  unit: Unit,
  tools: ScanTools,
  options: UnitOptions,
): Promise<CollectorState | undefined> {
  const { filter, pace, signal } = options
  const collector = new Collector(options.key)
  const scanner = new UnitScanner(tools, collector, index, { since: options.since, threads: threadFilter(filter) })
  const warn = (code: string, message: string, count = 1) => {
    collector.counts(index).unreadable += count
    collector.warnings.add(code, message, index, count)
  }
  let sinceTurn = 0
  try {
    for await (const page of source.read(unit, filter, warn)) {
      if (signal?.aborted) return undefined
      let bytes = 0
      for (const item of page) {
        scanner.scan(item)
        bytes += item.type === 'text' ? item.chunk.length : item.bytes
      }
      options.onBytes?.(bytes)
      sinceTurn += bytes
      if (pace !== undefined) await pace.take(page.length, bytes, signal)
      else if (sinceTurn >= TURN_BYTES) {
        sinceTurn = 0
        await nextTurn()
      }
      if (signal?.aborted) return undefined
    }
  } catch (error) {
    warn(...failureOf(error))
  }
  scanner.end()
  return collector.state()
}

/** A named warning for what stopped a unit; a foreign error's message may quote what was read. */
export function failureOf(error: unknown): [code: string, message: string] {
  const code = foreignCode(error)?.code ?? ''
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return ['sqlite-locked', 'The SQLite file is locked by another process.']
  }
  if (/^SQLITE_(?:CORRUPT|NOTADB|IOERR)/.test(code)) {
    return ['sqlite-damaged', 'A part of the SQLite file is damaged; what could be read was read.']
  }
  if (error instanceof SecretSafeError) return ['connection-lost', error.message]
  const known = error instanceof Error && /^E[A-Z]{2,12}$/.test(code)
  return ['source-unreadable', `A part could not be read${known ? ` (${code})` : ''}.`]
}
