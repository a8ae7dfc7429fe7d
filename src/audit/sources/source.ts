import type { SourceSummary } from '../report.js'
import type { StoredItem, Warn } from './row.js'

/**
 * A part of a store that one reader takes at a time; JSON, so that it may be handed to another process. Rows of one
 * thread are in one unit, so that what belongs together is read together.
 */
export type Unit =
  | { readonly type: 'threads'; readonly schema?: string; readonly after: string | null; readonly until: string | null }
  | { readonly type: 'table'; readonly schema?: string; readonly table: string }
  | { readonly type: 'file'; readonly file: string }

/** Which part of a store is asked for. */
export interface ReadFilter {
  /** Only these threads; rows that belong to none are left out. */
  readonly threadIds?: readonly string[]
  /** From 0 to 1: that part of the threads, always the same ones. */
  readonly sample?: number
}

/** What to open; JSON, so that another thread or host opens the same. */
export type SourceSpec =
  | { readonly type: 'postgres'; readonly address: string; readonly schema?: string }
  | { readonly type: 'sqlite'; readonly file: string; readonly snapshot?: string }
  | { readonly type: 'file'; readonly file: string }
  | { readonly type: 'directory'; readonly root: string }
  | { readonly type: 'stdin' }

export interface AuditSource {
  /** As it may be shown. */
  readonly name: string
  readonly kind: SourceSummary['kind']
  /** Which layout was met. */
  readonly layout: string | null
  /** How another thread opens the same store in the same state; undefined where only this one can read it. */
  readonly spec: SourceSpec | undefined
  /** About; 0 where it cannot be known. */
  readonly totalBytes: number
  /** The same parts in the same order, whenever the same store is opened. @param after only those behind this one. */
  units(after?: Unit): AsyncIterable<Unit>
  /** Pages of a few megabytes; the consumer takes its time. */
  read(unit: Unit, filter: ReadFilter, warn: Warn): AsyncIterable<readonly StoredItem[]>
  close(): Promise<void>
}
