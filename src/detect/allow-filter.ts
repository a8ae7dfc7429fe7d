import type { Hit } from './types.js'

/** What a scan asks about the hits that an allow list passes over; absent without a list. */
export interface AllowFilter {
  /** Another number once an entry has ended: what was found clean before must be scanned again. */
  readonly version: number
  /** True when what is allowed in a string depends on its path, so that its result holds for this path alone. */
  isByPath(path: readonly (string | number)[] | undefined): boolean
  /** @param path of the scanned string, where it has one. */
  forScan(path: readonly (string | number)[] | undefined): AllowedScan
}

/** One scan's view of it. Hits are dropped before overlaps are resolved: what is allowed must not hide what is not. */
export interface AllowedScan {
  /** The hits that stay; the same array when all do. */
  keep<T extends Hit>(hits: T[]): T[]
  /** As `keep`, for the last time: reports what was dropped. */
  end<T extends Hit>(hits: T[]): T[]
}
