/** Exact up to here; an estimate within about 3 % beyond, so that a counter never takes more than a few KiB. */
const MAX_EXACT = 1_024
const PRECISION = 11
const REGISTERS = 1 << PRECISION

export type DistinctState = readonly number[] | string

/** How many different things there were. Counters of parts add up to the counter of the whole, in any order. */
export class Distinct {
  readonly #exact = new Set<number>()
  #registers: Uint8Array | undefined

  static of(state: DistinctState): Distinct {
    const counter = new Distinct()
    if (typeof state === 'string') counter.#registers = Uint8Array.from(Buffer.from(state, 'base64'))
    else for (const hash of state) counter.add(hash)
    return counter
  }

  add(hash: number): void {
    if (this.#registers !== undefined) {
      this.#register(hash)
      return
    }
    this.#exact.add(hash)
    if (this.#exact.size > MAX_EXACT) this.#estimate()
  }

  merge(other: Distinct): void {
    if (other.#registers === undefined) {
      for (const hash of other.#exact) this.add(hash)
      return
    }
    const mine = this.#registers ?? this.#estimate()
    for (let i = 0; i < REGISTERS; i++) mine[i] = Math.max(mine[i]!, other.#registers[i]!)
  }

  get isEstimate(): boolean {
    return this.#registers !== undefined
  }

  /** Hashes, as long as they are all known. */
  get exact(): ReadonlySet<number> {
    return this.#exact
  }

  get count(): number {
    if (this.#registers === undefined) return this.#exact.size
    let sum = 0
    let zeros = 0
    for (const rank of this.#registers) {
      sum += 2 ** -rank
      if (rank === 0) zeros++
    }
    const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum
    return Math.round(raw <= 2.5 * REGISTERS && zeros > 0 ? REGISTERS * Math.log(REGISTERS / zeros) : raw)
  }

  state(): DistinctState {
    return this.#registers === undefined
      ? [...this.#exact].sort((a, b) => a - b)
      : Buffer.from(this.#registers).toString('base64')
  }

  #estimate(): Uint8Array {
    const registers = new Uint8Array(REGISTERS)
    this.#registers = registers
    for (const hash of this.#exact) this.#register(hash)
    this.#exact.clear()
    return registers
  }

  /** The low bits choose a register; it keeps the longest run of zeros that the others began with. */
  #register(hash: number): void {
    const index = hash % REGISTERS
    const high = Math.floor(hash / 2 ** 32) & 0x1fffff
    const rank = high === 0 ? 22 : Math.clz32(high) - 10
    if (rank > this.#registers![index]!) this.#registers![index] = rank
  }
}
