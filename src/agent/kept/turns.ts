/**
 * Keeps what is done to one item in the order in which it was asked for, within this process: a write that waits for the vault
 * is not overtaken by what comes after it, and a deletion never erases the claims of a write that follows it.
 */
export class Turns {
  readonly #pending = new Map<string, Promise<unknown>>()

  /** Settles, never rejects, once nothing is pending for any of these; undefined when nothing is. */
  after(names: Iterable<string>): Promise<unknown> | undefined {
    if (this.#pending.size === 0) return undefined
    const pending = [...names].flatMap((name) => this.#pending.get(name) ?? [])
    return pending.length === 0 ? undefined : Promise.allSettled(pending)
  }

  /** Holds back whatever comes next for these until `work` is done. */
  hold(names: Iterable<string>, work: Promise<unknown>): void {
    for (const name of names) {
      this.#pending.set(name, work)
      const release = () => {
        if (this.#pending.get(name) === work) this.#pending.delete(name)
      }
      work.then(release, release)
    }
  }
}
