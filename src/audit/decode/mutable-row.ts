import type { ChannelVersion, DecodedRow, DecodedValue, DecodeProblem, RowPlace } from './decoded.js'

/** A `DecodedRow` while it is put together. */
export interface MutableRow extends DecodedRow {
  place: RowPlace
  readonly values: DecodedValue[]
  readonly names: { column: string; text: string }[]
  readonly raw: { column: string; content: string | Uint8Array }[]
  readonly problems: DecodeProblem[]
  readonly owners: string[]
  isKnown: boolean
  isCheckpoint: boolean
  refersTo?: readonly ChannelVersion[] | undefined
  blobOf?: ChannelVersion | undefined
}

export function newRow(): MutableRow {
  return { place: {}, values: [], names: [], raw: [], problems: [], owners: [], isKnown: false, isCheckpoint: false }
}
