import type { PlaceKind } from '../report.js'
import type { Parts } from './state-parser.js'

/** One value of a row as a graph would see it, without its classes: plain objects, lists, text, bytes. */
export interface DecodedValue {
  readonly kind: PlaceKind
  readonly column: string
  /** From the column's own root to `value`, for whoever writes the column again. */
  readonly pointer: readonly string[]
  /** What the saver calls the place: the channel's name, or one of its own such as `@metadata`. */
  readonly channel: string
  readonly value: unknown
  /** What references in `value` stand for. */
  readonly parts?: Parts | undefined
}

/** What a row's values have in common. */
export interface RowPlace {
  readonly threadId?: string | undefined
  readonly namespace?: string | undefined
  readonly checkpointId?: string | undefined
  readonly taskId?: string | undefined
  readonly node?: string | undefined
  /** Ms since the epoch. */
  readonly at?: number | undefined
}

/** A column that could not be decoded, and is scanned as it stands; or of which there is something else to say. */
export interface DecodeProblem {
  readonly code: string
  readonly message: string
  readonly column: string
  /** It was decoded all the same. */
  readonly isRead?: boolean
}

/** Which state of which channel a row of `checkpoint_blobs` holds. */
export interface ChannelVersion {
  readonly channel: string
  readonly version: string
}

export interface DecodedRow {
  readonly place: RowPlace
  readonly values: readonly DecodedValue[]
  /** Ids and names that are stored as they are, by column. */
  readonly names: readonly { readonly column: string; readonly text: string }[]
  /** Columns that nobody decoded, as text or bytes. */
  readonly raw: readonly { readonly column: string; readonly content: string | Uint8Array }[]
  readonly problems: readonly DecodeProblem[]
  /** People named in the checkpoint's metadata. */
  readonly owners: readonly string[]
  /** True for a row of a layout that is known. */
  readonly isKnown: boolean
  readonly isCheckpoint: boolean
  /** Of a checkpoint: the blobs that it refers to. */
  readonly refersTo?: readonly ChannelVersion[] | undefined
  /** Of a blob: which version it is. */
  readonly blobOf?: ChannelVersion | undefined
}
