import { VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import {
  CONFIRM_MS,
  changeRow,
  confirmWindowMs,
  makeThread,
  sealRow,
  trustedUse,
  type UnresolvedReason,
  whyEnded,
  windowOf,
} from './claim-row.js'
import type { ClaimId, ClaimRow, ClaimSnapshot, PlaceTag, RevocationRow } from './claim-store.js'
import type { NamingKeys, Scope } from './naming-keys.js'
import { commit, type EventSubject, load, MAX_ROUNDS, type VaultChange, type VaultContext } from './vault-context.js'

/** One secret that is about to be stored as a claim URL. */
export interface MintItem {
  readonly id: ClaimId
  /** From `encodePayload`. */
  readonly payload: Uint8Array
  /** The decoded secret; claims of one secret form a group. */
  readonly secret: string | Uint8Array
  readonly ruleId: string
  readonly channel: string
  readonly place: PlaceTag
}

export interface MintRequest extends Scope {
  readonly items: readonly MintItem[]
  /** URLs that stand in the text already and stay live if the vault saw their plaintext at this place. */
  readonly pasted: readonly { readonly id: ClaimId; readonly place: PlaceTag }[]
  /** Sliding lifetime in ms; null to end with the thread. */
  readonly ttlMs: number | null
  readonly maxTtlMs: number
  readonly subject: EventSubject
}

export interface MintResult {
  /** Those of `pasted` whose place is known. */
  readonly livePasted: ReadonlySet<string>
  /** How long the next write may rely on all of these claims without asking again. */
  readonly confirmMs: number
}

export const placeKey = (id: ClaimId, place: PlaceTag): string => `${id} ${place}`

/**
 * Makes sure that every item has a claim and a place, in one transaction with its ledger event. Claims that exist are
 * kept; expired and ended ones are sealed again under the same URL; revoked ones stay dead.
 * @throws VaultUnavailableError, VaultReadOnlyError, KeyProviderError; then nothing was stored.
 */
export async function mint(vault: VaultContext, request: MintRequest): Promise<MintResult> {
  const { naming } = vault
  const groups = request.items.map((item) => naming.fingerprint(item.secret, request))
  const tags = request.items.flatMap((item, i) => revocationTags(naming, request, item.secret, groups[i]!))
  const query = {
    tenant: request.tenant,
    threadId: request.threadId,
    ids: unique([...request.items, ...request.pasted].map(({ id }) => id)),
    places: unique([...request.items, ...request.pasted].map(({ place }) => place)),
    revocations: unique(tags),
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = await load(vault, query)
    const change = await plan(vault, request, groups, before)
    if (change !== null) {
      if (!(await commit(vault, change))) continue
      // A revocation may have been stored between the load and the commit: who writes second must look again.
      if (change.insert !== undefined || change.update !== undefined) await endRevoked(vault, request, groups, query)
    }
    const known = new Set(before.places.map(([id, place]) => placeKey(id, place)))
    const minted = new Set(request.items.map(({ id, place }) => placeKey(id, place)))
    const live = request.pasted
      .map(({ id, place }) => placeKey(id, place))
      .filter((key) => known.has(key) || minted.has(key))
    const rows = [...before.claims, ...(change?.insert ?? []), ...(change?.update ?? []).map(({ row }) => row)]
    const confirmMs = Math.min(CONFIRM_MS, ...rows.map((row) => confirmWindowMs(row, before.now)))
    return { livePasted: new Set(live), confirmMs }
  }
  throw new VaultUnavailableError('The claim store kept changing while claims were stored; nothing was stored. Retry.')
}

async function plan(
  vault: VaultContext,
  request: MintRequest,
  groups: readonly Uint8Array[],
  before: ClaimSnapshot,
): Promise<VaultChange | null> {
  if (request.items.length === 0) return null
  const { naming } = vault
  const { now } = before
  const use = trustedUse(naming, before.thread)
  const existing = new Map(before.claims.map((row) => [row.id, row]))
  const capAt = request.ttlMs === null ? null : now + request.maxTtlMs
  const insert = new Map<ClaimId, ClaimRow>()
  const update = new Map<ClaimId, { row: ClaimRow; expectedMac: Uint8Array }>()
  let branchKey: { readonly id: string; readonly key: Uint8Array } | undefined
  for (const [i, item] of request.items.entries()) {
    if (insert.has(item.id) || update.has(item.id)) continue
    const row = existing.get(item.id)
    const why = row === undefined ? 'unknown' : whyEnded(naming, row, use, now)
    if (!mayBeMinted(why)) continue
    branchKey ??= await vault.branchKeys.forWindow(request.tenant, windowOf(capAt))
    const live = sealRow(
      naming,
      branchKey.key,
      {
        id: item.id,
        tenant: request.tenant,
        threadId: request.threadId,
        mode: 'resume',
        state: 'live',
        generation: (row?.generation ?? 0) + 1,
        maxClaims: null,
        claimed: 0,
        allow: null,
        ruleId: item.ruleId,
        branchKeyId: branchKey.id,
        ttlMs: request.ttlMs,
        createdAt: now,
        expiresAt: null,
        capAt,
        credentialExpiresAt: null,
        leaseHolder: null,
        fingerprint: groups[i]!,
      },
      item.payload,
      null,
    )
    const revoked = isRevoked(naming, request, item.secret, groups[i]!, before.revocations)
    const next = revoked ? changeRow(naming, live, { state: 'revoked' }, now) : live
    if (row === undefined) insert.set(item.id, next)
    else update.set(item.id, { row: next, expectedMac: row.mac })
  }
  const marks = groupMarks(naming, request, groups, before)
  return {
    ...(marks.length > 0 ? { addRevocations: marks } : {}),
    ...(insert.size > 0 ? { insert: [...insert.values()] } : {}),
    ...(update.size > 0 ? { update: [...update.values()] } : {}),
    places: request.items.map(({ id, place }) => [id, place] as const),
    ...(request.subject.runId === undefined
      ? {}
      : { runs: request.items.map(({ id }) => [id, request.subject.runId!] as const) }),
    thread: makeThread(naming, {
      tenant: request.tenant,
      threadId: request.threadId,
      usedAt: now,
      held: use?.held ?? false,
    }),
    events: insert.size + update.size > 0 ? [mintEvent(request, [...insert.keys(), ...update.keys()])] : [],
  }
}

/** Damaged rows are sealed anew: the plaintext is at hand, and a URL that restores nothing would lose it. */
function mayBeMinted(why: UnresolvedReason | null): boolean {
  return why === 'unknown' || why === 'expired' || why === 'ended' || why === 'damaged'
}

/** By its thread, by its value in the tenant, and by its value in the thread. */
export function revocationTags(
  naming: NamingKeys,
  scope: Scope,
  secret: string | Uint8Array,
  group: Uint8Array,
): readonly string[] {
  return [
    naming.threadRevocation(scope),
    naming.valueRevocation(scope.tenant, secret),
    naming.groupRevocation(scope, group),
  ]
}

function isRevoked(
  naming: NamingKeys,
  scope: Scope,
  secret: string | Uint8Array,
  group: Uint8Array,
  standing: readonly string[],
): boolean {
  return revocationTags(naming, scope, secret, group).some((tag) => standing.includes(tag))
}

/** A value's revocation as it stands in this thread, so that reinstating the thread does not lift it; see `revokeValue`. */
function groupMarks(
  naming: NamingKeys,
  { tenant, threadId, items }: MintRequest,
  groups: readonly Uint8Array[],
  { revocations }: ClaimSnapshot,
): RevocationRow[] {
  const scope = { tenant, threadId }
  const tags = items
    .map((item, i) => [naming.valueRevocation(tenant, item.secret), naming.groupRevocation(scope, groups[i]!)] as const)
    .filter(([value, group]) => revocations.includes(value) && !revocations.includes(group))
  return unique(tags.map(([, group]) => group)).map((tag) => ({ tenant, tag, threadId }))
}

async function endRevoked(
  vault: VaultContext,
  request: MintRequest,
  groups: readonly Uint8Array[],
  query: Parameters<VaultContext['store']['load']>[0],
): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const after = await load(vault, query)
    if (after.revocations.length === 0) return
    const revoked = new Set(
      request.items
        .filter((item, i) => isRevoked(vault.naming, request, item.secret, groups[i]!, after.revocations))
        .map((item) => item.id),
    )
    const marks = groupMarks(vault.naming, request, groups, after)
    const update = after.claims
      .filter((row) => revoked.has(row.id) && row.state === 'live')
      .map((row) => ({ row: changeRow(vault.naming, row, { state: 'revoked' }, after.now), expectedMac: row.mac }))
    const change = { update, ...(marks.length > 0 ? { addRevocations: marks } : {}) }
    if ((update.length === 0 && marks.length === 0) || (await commit(vault, change))) return
  }
}

function mintEvent(request: MintRequest, ids: readonly ClaimId[]): LedgerEvent {
  const touched = request.items.filter(({ id }) => ids.includes(id))
  return {
    operation: 'mint',
    outcome: 'ok',
    tenant: request.tenant,
    threadId: request.threadId,
    ...request.subject,
    claims: unique(ids),
    rules: unique(touched.map(({ ruleId }) => ruleId)),
    channels: unique(touched.map(({ channel }) => channel)),
  }
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
