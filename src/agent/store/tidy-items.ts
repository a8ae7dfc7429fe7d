import type { BaseStore } from '@langchain/langgraph-checkpoint'
import type { Principal } from '../../access/principal.js'
import { eachPage, endClaims } from '../../vault/change-state.js'
import { trustedUse } from '../../vault/claim-row.js'
import { findClaimUrls } from '../../vault/claim-url.js'
import { itemOf, itemScopes } from '../../vault/scrub/reserved-scope.js'
import { load } from '../../vault/vault-context.js'
import type { Asker } from '../kept/asker.js'
import type { Keeper } from '../kept/keeper.js'
import { eachText } from '../kept/kept-value.js'

export interface TidyContext {
  readonly inner: BaseStore
  readonly keeper: Keeper
  readonly asker: Asker
  readonly principal: Principal
  /** Items that were used more recently are left alone. */
  readonly quietMs: number
}

/** @returns how many claims were ended or erased. */
export async function tidyItems(context: TidyContext, namespacePrefix: readonly string[]): Promise<number> {
  const { keeper, asker } = context
  let count = 0
  for (const scopeId of await keeper.scopes(itemScopes(namespacePrefix), asker))
    count += await tidyItem(context, scopeId)
  return count
}

async function tidyItem({ inner, keeper, asker, principal, quietMs }: TidyContext, threadId: string): Promise<number> {
  const vault = (await keeper.vault.open()).context()
  const tenant = asker.tenant ?? (await keeper.vault.open()).tenant
  const { now, thread } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: [] })
  const use = trustedUse(vault.naming, thread)
  if (use === undefined || now - use.usedAt < quietMs) return 0
  // Read after its last use was: whoever writes from here on asks the vault first.
  const { namespace, key } = itemOf(threadId)
  const item = await inner.get(namespace, key)
  if (item === null || item === undefined) return keeper.erase([threadId], asker)
  const standing = new Set<string>()
  eachText(item.value, (text) => {
    for (const { id } of findClaimUrls(text)) standing.add(id)
  })
  return eachPage(vault, { tenant, threadId }, async (rows) => {
    const left = rows.filter(({ id, mode, state }) => mode === 'resume' && state === 'live' && !standing.has(id))
    return endClaims(vault, left, 'ended', principal, 'item')
  })
}
