import type { Principal } from '../access/principal.js'
import { eachPageOfValue } from './change-state.js'
import { whyEnded } from './claim-row.js'
import type { ClaimRow } from './claim-store.js'
import { permitted, requireRight } from './decide.js'
import { loadThread } from './load-thread.js'
import { type ClaimInfo, infoOf } from './peek.js'
import { commit, load, subjectOf, type VaultContext } from './vault-context.js'

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
  await requireRight(vault, principal, 'revoke', { tenant, threadId: '' })
  const found: ClaimInfo[] = []
  await eachPageOfValue(vault, tenant, secret, async (rows) => {
    const { now } = await load(vault, { tenant, threadId: '', ids: [], places: [], revocations: [] })
    const findable = await permitted(vault, principal, 'revoke', rows, now)
    const peekable = new Set(await permitted(vault, principal, 'peek', findable, now))
    const shown = findable.map((row) => (peekable.has(row) ? row : { ...row, sealedMetadata: null }))
    const infos = await infosOf(vault, tenant, shown)
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
