import { compareSchema } from '../../stores/compare-schema.js'
import { type Check, fail, ok, warn } from '../check.js'

/** Tables, columns, indexes and triggers against those that `setup` makes. */
export const schema: Check = {
  id: 'schema',
  async run({ store }) {
    const differences = await compareSchema(store)
    if (differences === undefined) return []
    const of = (kinds: readonly string[]) =>
      differences.filter(({ kind }) => kinds.includes(kind)).map(({ kind, object }) => `${object} (${kind})`)
    const broken = of(['missing', 'changed'])
    const added = of(['unexpected'])
    if (broken.length > 0) {
      const advice = 'Somebody changed it by hand. Put it back; docs/stores.md says what belongs there.'
      return [fail(`The schema is not what setup makes: ${broken.join(', ')}.`, advice)]
    }
    if (added.length > 0) {
      return [
        warn(
          `The schema holds more than setup makes: ${added.join(', ')}.`,
          'An index of yours is harmless, a trigger may not be.',
        ),
      ]
    }
    return [ok('The schema is what setup makes.')]
  },
}

/** What a crash of the store's server may undo, where the store can tell. */
export const storeDurability: Check = {
  id: 'store-durability',
  async run({ store }) {
    const found = await store.durabilityAdvice?.()
    if (found === undefined) return []
    if (found.length === 0) return [ok('The store keeps what it was given, also after a crash.')]
    return found.map(({ what, advice }) => warn(what, advice))
  },
}
