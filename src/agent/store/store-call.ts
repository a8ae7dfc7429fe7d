import type { Operation, PutOperation, SearchOperation } from '@langchain/langgraph-checkpoint'
import { isPlainObject } from '../../detect/shapes.js'
import { itemScope } from '../../vault/scrub/reserved-scope.js'
import { type KeptAt, KeptValue } from '../kept/kept-value.js'

/** A graph's channel names never begin with `@`. */
const CHANNEL = '@store'

/** Each item has a scope of its own: what it holds ends with it, and no URL of it is good in another one. */
export function itemAt(namespace: readonly string[], key: string): KeptAt {
  return { scopeId: itemScope(namespace, key), channel: CHANNEL, group: groupOf(namespace) }
}

/** Items of one namespace look for each other's secrets. */
export const groupOf = (namespace: readonly string[]): string => JSON.stringify(namespace)

export const isSearch = (operation: Operation): operation is SearchOperation => 'namespacePrefix' in operation
export const isPut = (operation: Operation): operation is PutOperation => 'value' in operation && 'key' in operation

export const keptOf = ({ namespace, key, value }: PutOperation): KeptValue =>
  new KeptValue(itemAt(namespace, key), value)

/** Everything in an operation that is stored, or looked for, as it is. */
export function* namesIn(operation: Operation): Iterable<unknown> {
  if (isSearch(operation)) yield* operation.namespacePrefix
  else if ('key' in operation) {
    yield* operation.namespace
    yield operation.key
    if (isPut(operation) && Array.isArray(operation.index)) yield* operation.index
  } else for (const { path } of operation.matchConditions ?? []) yield* path
}

/** Of the items that an operation names. */
export const scopesIn = (operation: Operation): string[] =>
  'key' in operation ? [itemScope(operation.namespace, operation.key)] : []

/** A filter, and each operand of a comparison as if it stood in its field: that is where a telling name is. */
export function comparedIn(filter: Readonly<Record<string, unknown>>): unknown[] {
  const operands = Object.entries(filter).flatMap(([field, condition]) =>
    isPlainObject(condition)
      ? Object.entries(condition)
          .filter(([operator]) => operator.startsWith('$'))
          .map(([, operand]) => ({ [field]: operand }))
      : [],
  )
  return [filter, ...operands]
}
