import type { Principal } from '../access/principal.js'
import { eachPageOfValue } from './change-state.js'
import { whyEnded } from './claim-row.js'
import type { ClaimRow } from './claim-store.js'
import { decide, requireRight } from './decide.js'
import { loadThread } from './load-thread.js'
import { type ClaimInfo, infoOf } from './peek.js'
import { commit, subjectOf, type VaultContext } from './vault-context.js'

/**
 * The claims of a secret in all threads of the tenant, in any encoding, as long as their ciphertext is kept. Says whether
 * a guess is right, so it takes the right to `revoke` in the whole tenant: who may kill it may find it. Metadata is for
 * those who may `peek`.
 * @throws ClaimDeniedError
 */
export async function findValue(
  vault: VaultContext,
  tenant: string,
  secret: string,
  principal: Principal,
): Promise<readonly ClaimInfo[]> {
  requireRight(vault.authorizer, principal, 'revoke', { tenant, threadId: '' })
  const found: ClaimInfo[] = []
  await eachPageOfValue(vault, tenant, secret, async (rows) => {
    const permitted = rows
      .filter((row) => decide(vault.authorizer, principal, 'revoke', row))
      .map((row) => (decide(vault.authorizer, principal, 'peek', row) ? row : { ...row, sealedMetadata: null }))
    const infos = await infosOf(vault, tenant, permitted)
    found.push(...infos)
    return infos.length
  })
  const claims = found.map(({ url }) => url.slice(url.lastIndexOf('/') + 1, url.lastIndexOf('.')))
  await commit(vault, {
    events: [{ operation: 'peek', outcome: 'ok', reason: 'value', tenant, ...subjectOf(principal, undefined), claims }],
  })
  return found
}

async function infosOf(vault: VaultContext, tenant: string, rows: readonly ClaimRow[]): Promise<readonly ClaimInfo[]> {
  const infos: ClaimInfo[] = []
  for (const threadId of new Set(rows.map((row) => row.threadId))) {
    const { snapshot, use } = await loadThread(vault, { tenant, threadId })
    for (const row of rows) {
      if (row.threadId !== threadId || whyEnded(vault.naming, row, use, snapshot.now) === 'damaged') continue
      infos.push(await infoOf(vault, row, use, snapshot))
    }
  }
  return infos
}
