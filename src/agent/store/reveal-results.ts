import type { Item, Operation, SearchItem } from '@langchain/langgraph-checkpoint'
import type { Asker } from '../kept/asker.js'
import type { Keeper } from '../kept/keeper.js'
import { isPut, isSearch, itemAt } from './store-call.js'

/** What the inner store answered, each item in its own scope. */
export async function revealResults(
  operations: readonly Operation[],
  results: readonly unknown[],
  asker: Asker,
  keeper: Keeper,
): Promise<unknown[]> {
  const reveal = async (item: Item, namespace: string[], key: string) => {
    const value = await keeper.reveal(itemAt(namespace, key), item.value, asker)
    return value === item.value ? item : { ...item, value }
  }
  return Promise.all(
    results.map((result, i) => {
      const operation = operations[i]!
      if (isSearch(operation))
        return Promise.all((result as SearchItem[]).map((item) => reveal(item, item.namespace, item.key)))
      const isGet = 'key' in operation && !isPut(operation)
      return isGet && isItem(result) ? reveal(result, operation.namespace, operation.key) : result
    }),
  )
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && 'value' in value
