import type { Principal } from '../../access/principal.js'
import type { UnresolvedReason } from '../../vault/claim-row.js'
import { placeKey } from '../../vault/mint.js'
import type { Scope } from '../../vault/naming-keys.js'
import type { Payload } from '../../vault/payload.js'
import { type RestoreRequest, restore } from '../../vault/restore.js'
import type { VaultContext } from '../../vault/vault-context.js'

const BATCH = 500

/** What a thread's claims hold, or why it is not to be had, by `placeKey`; each batch is in the ledger first. */
export async function restoreAll(
  vault: VaultContext,
  { tenant, threadId }: Scope,
  refs: RestoreRequest['refs'],
  principal: Principal,
): Promise<ReadonlyMap<string, { readonly payload: Payload } | { readonly reason: UnresolvedReason }>> {
  const unique = [...new Map(refs.map((ref) => [placeKey(ref.id, ref.place), ref])).values()]
  const found = new Map<string, { readonly payload: Payload } | { readonly reason: UnresolvedReason }>()
  for (let i = 0; i < unique.length; i += BATCH) {
    const asked = { tenant, threadId, refs: unique.slice(i, i + BATCH), principal, runId: undefined }
    for (const [key, result] of await restore(vault, asked)) found.set(key, result)
  }
  return found
}
