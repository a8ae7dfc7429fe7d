/** Bytes of an anchor that are looked at, and sets of anchors that are told apart: a bit each. */
const SIZE = 3
const GROUPS = 8
const HALF = 16

/** How common a character is in text, by the high half of its byte; lower-case letters and what JSON is full of lead. */
const COMMON = [0.2, 0.2, 1, 1, 0.5, 0.5, 2, 1.5, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2]

/**
 * Which three bytes may begin an anchor that does not begin a token: for each of them a set of low and one of high halves
 * in eight groups of anchors, so that one instruction looks sixteen bytes up in each. Anchors that have much in common
 * share a group, so that few other texts pass.
 */
export class OddStarts {
  readonly #starts = new Map<string, Uint8Array>()

  add(bytes: Uint8Array): void {
    const start = bytes.slice(0, SIZE)
    this.#starts.set(start.join(), start)
  }

  /** For each of three bytes, sixteen low and then sixteen high halves. */
  tables(): Uint8Array {
    const groups = Array.from({ length: GROUPS }, () => new Group())
    for (const start of this.#starts.values()) {
      let best = groups[0]!
      let least = Number.POSITIVE_INFINITY
      for (const group of groups) {
        const cost = group.costWith(start) - group.cost
        if (cost >= least) continue
        best = group
        least = cost
      }
      best.add(start)
    }
    const tables = new Uint8Array(2 * SIZE * HALF)
    for (const [bit, group] of groups.entries()) {
      for (let i = 0; i < tables.length; i++) {
        if ((group.halves[i >> 4]! & (1 << (i & 15))) !== 0) tables[i]! |= 1 << bit
      }
    }
    return tables
  }
}

class Group {
  /** For each byte which low halves and which high halves pass, a bit each. */
  readonly halves = new Uint16Array(2 * SIZE)
  cost = 0

  add(start: Uint8Array): void {
    this.cost = this.costWith(start)
    this.halves.set(this.#halvesWith(start))
  }

  /** How often text passes, on a scale of its own. */
  costWith(start: Uint8Array): number {
    const halves = this.#halvesWith(start)
    let cost = 1
    for (let i = 0; i < SIZE; i++) {
      let high = 0
      for (let half = 0; half < HALF; half++) if ((halves[2 * i + 1]! & (1 << half)) !== 0) high += COMMON[half]!
      cost *= bitsIn(halves[2 * i]!) * high
    }
    return cost
  }

  #halvesWith(start: Uint8Array): Uint16Array {
    const halves = this.halves.slice()
    for (const [i, byte] of start.entries()) {
      for (const either of casesOf(byte)) {
        halves[2 * i]! |= 1 << (either & 15)
        halves[2 * i + 1]! |= 1 << (either >> 4)
      }
    }
    return halves
  }
}

const casesOf = (byte: number): readonly number[] => (byte >= 97 && byte <= 122 ? [byte, byte - 32] : [byte])

function bitsIn(mask: number): number {
  let bits = 0
  for (let left = mask; left !== 0; left &= left - 1) bits++
  return bits
}
