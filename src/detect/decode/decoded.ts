import type { OffsetMap } from '../offset-map.js'
import type { Encoding } from '../types.js'

/** One encoded part of a text, decoded. */
export interface Decoded {
  readonly text: string
  readonly encoding: Encoding
  /** The stored run or region. */
  readonly start: number
  readonly end: number
  /** Finds out where each decoded character stands; without it the run is one piece and a hit in it covers all of it. */
  readonly locate?: () => OffsetMap
}
