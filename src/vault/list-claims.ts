import type { Principal } from '../access/principal.js'
import { PAGE } from './change-state.js'
import type { ClaimId, ClaimRow } from './claim-store.js'
import { permitted } from './decide.js'
import { loadThread } from './load-thread.js'
import { type ClaimInfo, infoOf } from './peek.js'
import { commit, load, subjectOf, type VaultContext } from './vault-context.js'

/** A claim among others: without its metadata, and `damaged` where its row was changed by hand. */
export interface ListedClaim extends Omit<ClaimInfo, 'state' | 'metadata'> {
  readonly state: ClaimInfo['state'] | 'damaged'
}

export interface ClaimSelection {
  readonly threadId?: string
  /** Claims that this run uses. */
  readonly runId?: string
  readonly state?: string
  readonly mode?: string
}

/** The claims of a tenant that the principal may peek at, in order of id; each page is in the ledger before it is given out. */
export async function* listClaims(
  vault: VaultContext,
  tenant: string,
  { state, mode, ...filter }: ClaimSelection,
  principal: Principal,
): AsyncGenerator<ListedClaim> {
  for (let after: ClaimId | undefined; ; ) {
    const rows = await vault.store.find({ tenant, ...filter, limit: PAGE, ...(after === undefined ? {} : { after }) })
    const { now } = await load(vault, { tenant, threadId: '', ids: [], places: [], revocations: [] })
    const ofMode = rows.filter((row) => mode === undefined || row.mode === mode)
    const asked = await permitted(vault, principal, 'peek', ofMode, now)
    const listed = (await inOrder(vault, tenant, asked)).filter((info) => state === undefined || info.state === state)
    if (listed.length > 0) await record(vault, tenant, filter.threadId, listed, principal)
    yield* listed
    if (rows.length < PAGE) return
    after = rows.at(-1)!.id
  }
}

async function inOrder(
  vault: VaultContext,
  tenant: string,
  rows: readonly ClaimRow[],
): Promise<readonly ListedClaim[]> {
  const byId = new Map<ClaimId, ListedClaim>()
  for (const threadId of new Set(rows.map((row) => row.threadId))) {
    const { snapshot, use } = await loadThread(vault, { tenant, threadId })
    for (const row of rows) {
      if (row.threadId !== threadId) continue
      const { metadata: _, ...info } = await infoOf(vault, { ...row, sealedMetadata: null }, use, snapshot)
      byId.set(row.id, info)
    }
  }
  return rows.map(({ id }) => byId.get(id)!)
}

async function record(
  vault: VaultContext,
  tenant: string,
  threadId: string | undefined,
  listed: readonly ListedClaim[],
  principal: Principal,
): Promise<void> {
  const claims = listed.map(({ url }) => url.slice(url.lastIndexOf('/') + 1, url.lastIndexOf('.')))
  const thread = threadId === undefined ? {} : { threadId }
  const subject = subjectOf(principal, undefined)
  await commit(vault, {
    events: [{ operation: 'peek', outcome: 'ok', reason: 'list', tenant, ...thread, ...subject, claims }],
  })
}
