import type { FieldName, Needs } from '../../rules/contexts.js'
import type { Dice } from './dice.js'

/** A way to put a secret into state: a text for one leaf, under `key` if its own name matters, else under any. */
export interface Planting {
  /** Name of the row in the table of results. */
  readonly context: string
  readonly key?: (name: FieldName) => string
  readonly text: (secret: string, name: FieldName, dice: Dice) => string
  readonly run?: (secret: string) => string
  readonly needs?: Needs
  /** True when the secret's own name stands at it, so that the name can identify it. */
  readonly named?: boolean
}

/** One independent set of templates. */
export interface TemplateSet {
  readonly name: string
  readonly document: (dice: Dice) => object
  readonly plantings: readonly Planting[]
  /** What stands before and after a planted line in a longer text. */
  readonly filler: (dice: Dice) => string
  /** Names under which anything may stand. */
  readonly neutralKeys: readonly string[]
  /** Credentials that no rule knows: a name's words and a template of the value. */
  readonly credentials: readonly { readonly words: readonly string[]; readonly value: string }[]
}
