/** Bytes of an anchor that are looked at, and sets of anchors that are told apart: a bit each. */
const SIZE = 3
const GROUPS = 8
const HALF = 16
/** The most common characters of text and of JSON first; all others are as rare as the last. */
const BY_FREQUENCY = ' etaoinsrhld"cumfpg:,w/ybv.0123456789k-_{}xjqz'
const FREQUENCY = new Float64Array(256).fill(1 / BY_FREQUENCY.length)
for (const [rank, character] of [...BY_FREQUENCY].entries()) FREQUENCY[character.charCodeAt(0)] = 8 / (rank + 8)
/** How often each anchor is moved to where it costs least. */
const ROUNDS = 3

type Start = Uint8Array
type Group = Set<Start>

/**
 * Which three bytes may begin an anchor that does not begin a token: for each of them a set of low and one of high halves
 * in eight groups of anchors, so that one instruction looks sixteen bytes up in each. Anchors that have much in common
 * share a group, so that few other texts pass.
 */
export class OddStarts {
  readonly #starts = new Map<number, Start>()

  add(bytes: Uint8Array): void {
    this.#starts.set(bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16), bytes.subarray(0, SIZE))
  }

  /** For each of three bytes, sixteen low and then sixteen high halves. */
  tables(): Uint8Array {
    const groups: Group[] = Array.from({ length: GROUPS }, () => new Set())
    for (let round = 0; round < ROUNDS; round++) {
      for (const start of this.#starts.values()) {
        for (const group of groups) group.delete(start)
        cheapestOf(groups, start).add(start)
      }
    }
    const tables = new Uint8Array(2 * SIZE * HALF)
    for (const [bit, group] of groups.entries()) {
      for (const [i, halves] of halvesOf(group).entries()) {
        for (let half = 0; half < HALF; half++) if ((halves & (1 << half)) !== 0) tables[i * HALF + half]! |= 1 << bit
      }
    }
    return tables
  }
}

function cheapestOf(groups: readonly Group[], start: Start): Group {
  const costs = groups.map((group) => {
    const halves = halvesOf(group)
    const before = costOf(halves)
    addTo(halves, start)
    return costOf(halves) - before
  })
  return groups[costs.indexOf(Math.min(...costs))]!
}

/** For each byte which low and which high halves pass, a bit each. */
function halvesOf(group: Group): Uint16Array {
  const halves = new Uint16Array(2 * SIZE)
  for (const start of group) addTo(halves, start)
  return halves
}

function addTo(halves: Uint16Array, start: Start): void {
  for (let i = 0; i < SIZE; i++) {
    const byte = start[i]!
    halves[2 * i]! |= 1 << (byte & 15)
    halves[2 * i + 1]! |= 1 << (byte >> 4)
    if (byte >= 97 && byte <= 122) halves[2 * i + 1]! |= 1 << ((byte >> 4) - 2)
  }
}

/** How much text passes. */
function costOf(halves: Uint16Array): number {
  let cost = 1
  for (let i = 0; i < SIZE; i++) {
    let frequency = 0
    for (let byte = 0; byte < 256; byte++) {
      const passes = (halves[2 * i]! >> (byte & 15)) & (halves[2 * i + 1]! >> (byte >> 4)) & 1
      if (passes !== 0) frequency += FREQUENCY[byte]!
    }
    cost *= frequency
  }
  return cost
}
