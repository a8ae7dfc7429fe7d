import type { AnchorPlace } from '../anchors.js'
import { CHARS, TOKEN } from '../chars.js'
import type { UnitSet } from '../unit-set.js'
import { KeyTable, type KeyTables } from './key-table.js'
import { OddStarts } from './odd-starts.js'
import { unitBytes } from './unit-bytes.js'

const SET_BYTES = 32
const MAX_SETS = 65_535
const IS_BOUNDED = 2
const MAY_BE_ESCAPED = 4
const MIN_KEY = 3
/** Numbers ahead of an anchor's sets. */
const HEADER = 7

interface AnchorTables extends KeyTables {
  readonly anchors: Uint8Array
  readonly sets: Uint8Array
  readonly odd: Uint8Array
}

/** Anchors as `kernel/anchors.ts` reads them. */
export function anchorTables(places: readonly AnchorPlace[]): AnchorTables {
  const sets = new SetTable()
  const keys = new KeyTable()
  const odd = new OddStarts()
  const described: Uint8Array[] = []
  let size = 0
  for (const [index, place] of places.entries()) {
    const { literal, head } = place
    const bytes = unitBytes(literal)
    const inner = keyOffset(bytes, place)
    if (inner === undefined) odd.add(bytes)
    const from = inner ?? 0
    keys.add({ bytes, from, head, mayBeEscaped: place.mayBeEscaped }, size)
    const need = place.need === undefined ? [0, 0] : [place.need.unit, sets.indexOf(place.need.across)]
    const heads = head.map((set) => sets.indexOf(set))
    const numbers = [index, bytes.length, from, flagsOf(place), head.length, ...need, ...heads]
    const entry = new Uint8Array(evenSize(2 * (HEADER + head.length) + bytes.length))
    entry.set(new Uint8Array(Uint16Array.from(numbers).buffer))
    entry.set(bytes, 2 * numbers.length)
    described.push(entry)
    size += entry.length
  }
  const anchors = new Uint8Array(size)
  let at = 0
  for (const entry of described) {
    anchors.set(entry, at)
    at += entry.length
  }
  return { ...keys.build(), anchors, sets: sets.bytes(), odd: odd.tables() }
}

const evenSize = (size: number): number => (size + 1) & ~1

/**
 * How far into an anchor a token begins by which it is found, the last one with enough left; undefined where there is none,
 * and the anchor is odd: it may begin in the midst of a token, or outside of any.
 */
function keyOffset(bytes: Uint8Array, { isBounded }: AnchorPlace): number | undefined {
  const first = isBounded && isToken(bytes[0]!) ? 0 : undefined
  for (const least of first === undefined ? [MIN_KEY + 1, MIN_KEY] : [])
    for (let at = bytes.length - least; at > 0; at--) if (!isToken(bytes[at - 1]!) && isToken(bytes[at]!)) return at
  return first
}

const isToken = (byte: number): boolean => byte < 128 && (CHARS[byte]! & TOKEN) !== 0

const flagsOf = ({ isBounded, mayBeEscaped }: AnchorPlace): number =>
  (isBounded ? IS_BOUNDED : 0) | (mayBeEscaped ? MAY_BE_ESCAPED : 0)

/** Sets of characters, each once, as 256 bits. */
class SetTable {
  readonly #indices = new Map<string, number>()
  readonly #byIdentity = new Map<UnitSet, number>()
  readonly #sets: UnitSet[] = []

  indexOf(set: UnitSet): number {
    let index = this.#byIdentity.get(set)
    if (index === undefined) {
      index = this.#add(set)
      this.#byIdentity.set(set, index)
    }
    return index
  }

  #add(set: UnitSet): number {
    const key = set.bits.join()
    const known = this.#indices.get(key)
    if (known !== undefined) return known
    if (this.#sets.length === MAX_SETS) throw new RangeError('Too many sets of characters in patterns.')
    this.#indices.set(key, this.#sets.length)
    return this.#sets.push(set) - 1
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#sets.length * SET_BYTES)
    for (const [index, set] of this.#sets.entries()) {
      bytes.set(new Uint8Array(set.bits.buffer, 0, SET_BYTES / 2), index * SET_BYTES)
      if (set.has(128)) bytes.fill(255, index * SET_BYTES + SET_BYTES / 2, (index + 1) * SET_BYTES)
    }
    return bytes
  }
}
