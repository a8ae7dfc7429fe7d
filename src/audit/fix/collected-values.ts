import { KnownValues } from '../../detect/known-values.js'

/**
 * Known values that are looked for from the next pass over a thread on, not at once: the index over them is built once for
 * each pass, however many there are.
 */
export class CollectedValues extends KnownValues {
  readonly #pending = new Map<string, boolean>()

  constructor() {
    super({ maxCount: 1_024, maxTotalLength: 1 << 20 })
  }

  override add(secret: string, casual = false): boolean {
    this.#pending.set(secret, casual && this.#pending.get(secret) !== false)
    return false
  }

  /** @returns true when there is something new to look for. */
  settle(): boolean {
    const { version } = this
    for (const [secret, casual] of this.#pending) super.add(secret, casual)
    this.#pending.clear()
    return this.version !== version
  }
}
