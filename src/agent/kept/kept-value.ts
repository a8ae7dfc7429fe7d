import { rewrite } from '../../detect/rewrite.js'
import type { Visit, Visitable } from '../../saver/saver-call.js'
import { REVIVED_OPTIONS } from '../../saver/walk.js'

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

/** Every text in a value that was read, field names too. */
export function eachText(value: unknown, visit: (text: string) => void): void {
  const look = (text: string) => {
    visit(text)
    return text
  }
  rewrite(value, { text: look, key: look, whole: (_content, _at, kept) => kept }, REVIVED_OPTIONS)
}
