import type { ClaimId, ClaimRow } from '../../claim-store.js'
import { findClaimUrls } from '../../claim-url.js'
import { readClock } from '../../ledger-options.js'
import { isReserved } from '../../scrub/reserved-scope.js'
import type { VaultContext } from '../../vault-context.js'
import type { CheckpointSource } from './source.js'

const PAGE = 100
const ROWS = 500
/** A claim is stored before the checkpoint that names it. */
const YOUNG_MS = 60 * 60_000
/** Thread ids that are kept for a report. */
const KEPT = 1_000

/** Both sides compared. Lists hold one thread id for each case, the first thousand cases. */
export interface CheckpointCensus {
  /** Claim URLs of the thread that they stand in. */
  readonly urls: number
  /** Threads with a checkpoint. */
  readonly threads: number
  /** URLs with this vault's own tag whose claim neither exists nor is named in the ledger. */
  readonly unheardOf: readonly string[]
  /** URLs whose claim is gone as the ledger says: swept, or deleted with its thread. */
  readonly ended: readonly string[]
  /** Threads that hold another thread's URLs. */
  readonly foreign: readonly string[]
  /** Threads that the vault has live claims for, and that have no checkpoint. */
  readonly abandoned: readonly string[]
  /** Live claims of the saver's own in threads with checkpoints, which name them nowhere. */
  readonly orphans: number
}

interface Tally {
  /** False once it was pruned: then it cannot tell that it never heard of a claim. */
  readonly wholeLedger: boolean
  urls: number
  threads: number
  orphans: number
  readonly unheardOf: string[]
  readonly ended: string[]
  readonly foreign: string[]
  readonly abandoned: string[]
}

/** Walks both stores thread by thread, so that it needs no more memory for more threads. Reads bytes and revives nothing. */
export async function takeCensus(
  source: CheckpointSource,
  vault: VaultContext,
  tenant: string,
): Promise<CheckpointCensus> {
  const [first] = await vault.store.readEvents({ limit: 1 })
  const lists = { unheardOf: [], ended: [], foreign: [], abandoned: [] }
  const tally: Tally = {
    wholeLedger: first === undefined || first.seq === 1,
    urls: 0,
    threads: 0,
    orphans: 0,
    ...lists,
  }
  const youngFrom = (await readClock(vault.store)) - YOUNG_MS
  for (let after: string | undefined; ; ) {
    const threadIds = await source.listThreads(after, PAGE)
    if (threadIds.length > 0) await countPage(source, vault, tenant, threadIds, youngFrom, tally)
    if (threadIds.length < PAGE) break
    after = threadIds.at(-1)
  }
  for (let after: string | undefined; ; ) {
    const threadIds = await vault.store.listThreads(tenant, after, PAGE)
    const existing = await source.existing(threadIds)
    for (const threadId of threadIds.filter((id) => !existing.has(id) && !isReserved(id))) {
      if (await hasLiveClaim(vault, tenant, threadId, youngFrom)) keep(tally.abandoned, threadId)
    }
    if (threadIds.length < PAGE) return tally
    after = threadIds.at(-1)
  }
}

async function countPage(
  source: CheckpointSource,
  vault: VaultContext,
  tenant: string,
  threadIds: readonly string[],
  youngFrom: number,
  tally: Tally,
): Promise<void> {
  const { vaultId } = vault.naming
  const own = new Map<string, Set<ClaimId>>(threadIds.map((id) => [id, new Set()]))
  const foreign = new Set<string>()
  for await (const { threadId, bytes } of source.search(threadIds, `claim://${vaultId}/v1/`)) {
    for (const url of findClaimUrls(Buffer.from(bytes).toString('latin1'))) {
      if (url.escapes > 0 || url.vaultId !== vaultId) continue
      if (vault.naming.owns({ tenant, threadId }, url)) own.get(threadId)?.add(url.id)
      else foreign.add(threadId)
    }
  }
  for (const threadId of foreign) keep(tally.foreign, threadId)
  tally.threads += threadIds.length
  for (const [threadId, ids] of own) {
    tally.urls += ids.size
    await countGone(vault, tenant, threadId, ids, tally)
    tally.orphans += (await liveClaims(vault, tenant, threadId, youngFrom)).filter(({ id }) => !ids.has(id)).length
  }
}

async function countGone(
  { store }: VaultContext,
  tenant: string,
  threadId: string,
  ids: ReadonlySet<ClaimId>,
  tally: Tally,
): Promise<void> {
  for (let left = [...ids]; left.length > 0; left = left.slice(ROWS)) {
    const asked = left.slice(0, ROWS)
    const { claims } = await store.load({ tenant, threadId, ids: asked, places: [], revocations: [] })
    const found = new Set(claims.map(({ id }) => id))
    for (const id of asked.filter((each) => !found.has(each))) {
      const [event] = await store.readEvents({ claim: id, limit: 1 })
      keep(event === undefined && tally.wholeLedger ? tally.unheardOf : tally.ended, threadId)
    }
  }
}

async function hasLiveClaim(vault: VaultContext, tenant: string, threadId: string, youngFrom: number) {
  return (await liveClaims(vault, tenant, threadId, youngFrom)).length > 0
}

/** Of the saver's own: a handoff's URL may be anywhere. */
async function liveClaims(
  { store }: VaultContext,
  tenant: string,
  threadId: string,
  youngFrom: number,
): Promise<readonly ClaimRow[]> {
  const found: ClaimRow[] = []
  for (let after: ClaimId | undefined; ; ) {
    const rows = await store.find({ tenant, threadId, limit: ROWS, ...(after === undefined ? {} : { after }) })
    found.push(
      ...rows.filter(
        ({ mode, state, sealed, createdAt }) =>
          mode === 'resume' && state === 'live' && sealed !== null && createdAt < youngFrom,
      ),
    )
    if (rows.length < ROWS) return found
    after = rows.at(-1)!.id
  }
}

function keep(list: string[], threadId: string): void {
  if (list.length < KEPT) list.push(threadId)
}
