import type { ClaimVault } from '../vault/claim-vault.js'

/** A vault, or how to open one; opened once, and tried again after a failure. */
export type VaultSource = ClaimVault | (() => Promise<ClaimVault>)

export class OpenedVault {
  readonly #source: VaultSource
  #vault: ClaimVault | undefined
  #opening: Promise<ClaimVault> | undefined

  constructor(source: VaultSource) {
    this.#source = source
    if (typeof source !== 'function') this.#vault = source
  }

  /** The vault if it is open now. */
  peek(): ClaimVault | undefined {
    return this.#vault
  }

  open(): Promise<ClaimVault> {
    if (this.#vault !== undefined) return Promise.resolve(this.#vault)
    this.#opening ??= this.#tryToOpen()
    return this.#opening
  }

  /** Closes a vault that was opened here; a vault that was handed in belongs to whoever opened it. */
  async close(): Promise<void> {
    if (typeof this.#source === 'function') await (await this.#opening?.catch(() => undefined))?.close()
  }

  async #tryToOpen(): Promise<ClaimVault> {
    try {
      this.#vault = await (this.#source as () => Promise<ClaimVault>)()
      return this.#vault
    } catch (error) {
      this.#opening = undefined
      throw error
    }
  }
}
