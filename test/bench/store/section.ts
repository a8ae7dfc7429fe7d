import type { BaseStore } from '@langchain/langgraph-checkpoint'
import { seededRandom } from '../../../src/testing/templates.js'
import { type Comparison, compare, perCall, type Side } from '../measure.js'
import { prose, secretTexts } from '../text.js'
import { TARGETS } from './targets.js'

export interface StoreSectionOptions {
  readonly quick: boolean
  readonly rounds: number
  readonly databases: readonly string[]
}

const TEXT_LENGTH = 600
/** As many as a search answers unless told. */
const FOUND = 10

/** What a wrapped store of a graph costs beside the bare one: items of 600 characters, with a secret in each and without. */
export async function storeSection({ quick, rounds, databases }: StoreSectionOptions): Promise<Comparison[]> {
  const results: Comparison[] = []
  const repeat = quick ? 2 : 50
  for (const name of Object.keys(TARGETS).filter((each) => databases.includes(each))) {
    const { stores, close } = await TARGETS[name]!()
    for (const secret of [false, true]) {
      const what = `${name}, ${secret ? 'one secret' : 'no secrets'}`
      const work = new StoreWork(stores, secret)
      await work.fill()
      for (const operation of ['put', 'put again', 'get', 'search'] as const) {
        const total = await compare(`${what}, ${operation}`, rounds, async (side) => ({
          parts: [() => work.run(operation, side, repeat)],
          close: async () => {},
        }))
        results.push(perCall(total, repeat))
      }
    }
    await close()
  }
  return results
}

class StoreWork {
  readonly #random = seededRandom(7)
  readonly #namespace: string[]
  readonly #values: { readonly text: string; readonly isFound: boolean }[]
  #next = 0

  constructor(
    readonly stores: Readonly<Record<Side, BaseStore>>,
    secret: boolean,
  ) {
    this.#namespace = ['bench', secret ? 'secret' : 'clean']
    this.#values = Array.from({ length: FOUND }, (_, i) => {
      const [token] = secret ? secretTexts(this.#random) : ['']
      return { text: `${i} ${prose(TEXT_LENGTH, this.#random)} ${token}`, isFound: true }
    })
  }

  async fill(): Promise<void> {
    for (const store of Object.values(this.stores))
      for (const [i, value] of this.#values.entries()) await store.put(this.#namespace, `k${i}`, value)
  }

  async run(operation: 'put' | 'put again' | 'get' | 'search', side: Side, times: number): Promise<void> {
    const store = this.stores[side]
    for (let i = 0; i < times; i++) {
      const at = i % FOUND
      if (operation === 'put') await store.put(['bench', 'new'], `n${this.#next++}`, this.#values[at]!)
      else if (operation === 'put again') await store.put(this.#namespace, `k${at}`, this.#values[at]!)
      else if (operation === 'get') await store.get(this.#namespace, `k${at}`)
      else await store.search(this.#namespace, { limit: FOUND, filter: { isFound: true } })
    }
  }
}
