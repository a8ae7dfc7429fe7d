/** Bytes of an anchor that are looked at, and sets of anchors that are told apart: a bit each. */
const SIZE = 3
const GROUPS = 8
const HALF = 16
/** The most common characters of text and of JSON first; all others are as rare as the last. */
const BY_FREQUENCY = ' etaoinsrhld"cumfpg:,w/ybv.0123456789k-_{}xjqz'
const FREQUENCY = new Float64Array(256).fill(1 / BY_FREQUENCY.length)
for (const [rank, character] of [...BY_FREQUENCY].entries()) FREQUENCY[character.charCodeAt(0)] = 8 / (rank + 8)

interface Group {
  readonly starts: Set<number>
  /** For each byte which low and which high halves pass, a bit each. */
  halves: Uint16Array
  cost: number
}

/**
 * Which three bytes may begin an anchor that does not begin a token: for each of them a set of low and one of high halves
 * in eight groups of anchors, so that one instruction looks sixteen bytes up in each. Anchors that have much in common
 * share a group, so that few other texts pass.
 */
export class OddStarts {
  readonly #starts = new Set<number>()

  add(bytes: Uint8Array): void {
    this.#starts.add((bytes[0]! << 16) | (bytes[1]! << 8) | bytes[2]!)
  }

  /** For each of three bytes, sixteen low and then sixteen high halves. */
  tables(): Uint8Array {
    const groups: readonly Group[] = Array.from({ length: GROUPS }, () => ({
      starts: new Set(),
      halves: new Uint16Array(2 * SIZE),
      cost: 0,
    }))
    for (const start of this.#starts) addToCheapest(groups, start)
    // The first ones were put where nothing was yet.
    for (const start of this.#starts) {
      for (const group of groups) remove(group, start)
      addToCheapest(groups, start)
    }
    const tables = new Uint8Array(2 * SIZE * HALF)
    for (const [bit, { halves }] of groups.entries()) {
      for (const [i, mask] of halves.entries()) {
        for (let half = 0; half < HALF; half++) if ((mask & (1 << half)) !== 0) tables[i * HALF + half]! |= 1 << bit
      }
    }
    return tables
  }
}

function addToCheapest(groups: readonly Group[], start: number): void {
  let best = groups[0]!
  let bestHalves = best.halves
  let bestCost = Number.POSITIVE_INFINITY
  for (const group of groups) {
    const halves = group.halves.slice()
    add(halves, start)
    const cost = costOf(halves)
    if (cost - group.cost >= bestCost - best.cost) continue
    best = group
    bestHalves = halves
    bestCost = cost
  }
  best.starts.add(start)
  best.halves = bestHalves
  best.cost = bestCost
}

function remove(group: Group, start: number): void {
  if (!group.starts.delete(start)) return
  group.halves = new Uint16Array(2 * SIZE)
  for (const other of group.starts) add(group.halves, other)
  group.cost = costOf(group.halves)
}

function add(halves: Uint16Array, start: number): void {
  for (let i = 0; i < SIZE; i++) {
    const byte = (start >> (8 * (SIZE - 1 - i))) & 255
    halves[2 * i]! |= 1 << (byte & 15)
    halves[2 * i + 1]! |= 1 << (byte >> 4)
    if (byte >= 97 && byte <= 122) halves[2 * i + 1]! |= 1 << ((byte >> 4) - 2)
  }
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits)

/** How much text passes. */
function costOf(halves: Uint16Array): number {
  let cost = 1
  for (let i = 0; i < SIZE; i++) {
    let frequency = 0
    for (let highs = halves[2 * i + 1]!; highs !== 0; highs &= highs - 1) {
      const high = lowestBit(highs) << 4
      for (let lows = halves[2 * i]!; lows !== 0; lows &= lows - 1) frequency += FREQUENCY[high | lowestBit(lows)]!
    }
    cost *= frequency
  }
  return cost
}
