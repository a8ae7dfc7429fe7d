import { VaultClosedError } from '../../errors.js'

/** What all parts of a store in memory share. */
export class MemoryState {
  readonly locks = new Map<string, { readonly holder: string; readonly until: number }>()
  #closed = false

  /** @param now ms since the epoch. */
  constructor(readonly now: () => number) {}

  /** @throws VaultClosedError */
  check(): void {
    if (this.#closed) throw new VaultClosedError()
  }

  close(): void {
    this.#closed = true
  }
}

/** NUL cannot occur in a name, see `checkText`. */
export const pairKey = (left: string, right: string): string => `${left}\0${right}`
