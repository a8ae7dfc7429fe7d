import type { StoredItem } from './row.js'
import type { ReadFilter } from './source.js'

export type ThreadFilter = (threadId: unknown) => boolean

/** Whether a thread is asked for; undefined when all of a store is, also what belongs to no thread. */
export function threadFilter({ threadIds, sample }: ReadFilter): ThreadFilter | undefined {
  if (threadIds === undefined && sample === undefined) return undefined
  const named = threadIds === undefined ? undefined : new Set<unknown>(threadIds)
  return (threadId) =>
    typeof threadId === 'string' &&
    (named === undefined || named.has(threadId)) &&
    (sample === undefined || isInSample(threadId, sample))
}

/** Of an item as it was read: of documents only their decoded rows know. */
export function isAskedFor(item: StoredItem, filter: ThreadFilter | undefined): boolean {
  if (filter === undefined || item.type === 'document') return true
  return filter(item.type === 'row' ? item.cells.thread_id : item.stream.threadId)
}

/** FNV-1a: the same threads are in a sample wherever and whenever it is taken. */
function isInSample(threadId: string, part: number): boolean {
  let hash = 0x811c9dc5
  for (let i = 0; i < threadId.length; i++) hash = Math.imul(hash ^ threadId.charCodeAt(i), 0x01000193) >>> 0
  // The low bits of short texts that differ in their end only are alike.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0
  return (hash ^ (hash >>> 16)) >>> 0 < part * 0x1_0000_0000
}
