import type { Visit, Visitable } from '../../saver/saver-call.js'

/** Where a value is kept, for the vault. */
export interface KeptAt {
  /** Of this package's own; in the place of a thread. */
  readonly scopeId: string
  readonly channel: string
  /** A list of names as JSON. Values with the same group look for each other's secrets. */
  readonly group: string
}

/** One value that a store or a cache is to keep. */
export class KeptValue implements Visitable<KeptValue> {
  constructor(
    readonly at: KeptAt,
    readonly value: unknown,
  ) {}

  map(visit: Visit): KeptValue {
    const next = visit(this.value, this.at.channel)
    return next === this.value ? this : new KeptValue(this.at, next)
  }

  owned(): KeptValue {
    return this
  }
}
