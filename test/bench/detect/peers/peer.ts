import type { Span } from '../score.js'
import type { Leaf } from '../state.js'

/** A scanner that takes text inside this process, and where it found what. */
export interface Peer {
  readonly name: string
  /** A text without anything around it: a document, or a leaf string. */
  scanText(text: string): Promise<Span[]> | Span[]
  /** A leaf with its field; only for scanners that look at names. */
  scanLeaf?(leaf: Leaf): Promise<Span[]> | Span[]
  /** How much it is given: the slow ones would take minutes. */
  readonly share: number
}
