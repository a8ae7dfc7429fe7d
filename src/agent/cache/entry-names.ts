import type { BaseCache } from '@langchain/langgraph-checkpoint'
import type { ClaimVault } from '../../vault/claim-vault.js'
import { cacheScope } from '../../vault/scrub/reserved-scope.js'
import type { Asker } from '../kept/asker.js'
import type { Keeper } from '../kept/keeper.js'
import type { KeptAt } from '../kept/kept-value.js'

export type FullKey = Parameters<BaseCache['get']>[0][number]

/** A graph's channel names never begin with `@`. */
const CHANNEL = '@cache'

/**
 * What a key is stored as: a keyed name of it, within its namespace. A `keyFunc` makes keys of a node's input, and LangGraph
 * hashes them without a key, so that a weak secret in one could be guessed.
 */
export function storedKey([namespace, key]: FullKey, keeper: Keeper, vault: ClaimVault, asker: Asker): FullKey {
  const scopeId = cacheScope(namespace)
  const { scope } = keeper.context({ scopeId, channel: CHANNEL, group: scopeId }, vault, asker)
  return [namespace, scope.place(CHANNEL, key)]
}

/** @param stored from `storedKey`: the place is the entry, so that no URL of it is good in another one. */
export function entryAt([namespace, name]: FullKey): KeptAt {
  const scopeId = cacheScope(namespace)
  return { scopeId, channel: `${CHANNEL}/${name}`, group: scopeId }
}

export const textOf = (key: FullKey): string => JSON.stringify(key)
