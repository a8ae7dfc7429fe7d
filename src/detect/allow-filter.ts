import type { Hit } from './types.js'

/** What a scan asks about the hits that an allow list passes over; absent without a list. */
export interface AllowFilter {
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
