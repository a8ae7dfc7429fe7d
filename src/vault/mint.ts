import { VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import { equalBytes } from '../seal/bytes.js'
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
import { type CredentialExpiry, expiryAt } from './credential-expiry.js'
import type { NamingKeys, Scope } from './naming-keys.js'
import { reserve } from './reserve.js'
import {
  commit,
  commitUnseen,
  type EventSubject,
  load,
  MAX_ROUNDS,
  type VaultChange,
  type VaultContext,
} from './vault-context.js'

/** One secret that is about to be stored as a claim URL. */
export interface MintItem {
  readonly id: ClaimId
  /** From `encodePayload`. */
  readonly payload: Uint8Array
  /** The decoded secret; claims of one secret form a group. */
  readonly secret: string | Uint8Array
  readonly ruleId: string
  /** Of the rule, such as `private` or `test`; for the ledger. */
  readonly kind?: string
  /** Where the credential, or what stands beside it, says when it ends. */
  readonly credentialExpiry?: CredentialExpiry | undefined
  /** True when the id is not the payload's own, but that of a claim behind which the payload was found. */
  readonly isAlias?: boolean
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
  /** Claims end with their credential, where it says when. */
  readonly boundByCredential?: boolean
  readonly subject: EventSubject
}

export interface MintResult {
  /** True when the claim of an alias holds another value by now: nothing was stored, and the payload's own id is to be used. */
  readonly isStale: boolean
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
  const unseen = await mintUnseen(vault, request, groups, unique(tags))
  if (unseen !== null) return unseen
  const query = {
    tenant: request.tenant,
    threadId: request.threadId,
    ids: unique([...request.items, ...request.pasted].map(({ id }) => id)),
    places: unique([...request.items, ...request.pasted].map(({ place }) => place)),
    revocations: unique(tags),
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = await load(vault, query)
    if (hasStaleAlias(request, groups, before)) return { isStale: true, livePasted: new Set(), confirmMs: 0 }
    const change = request.items.length === 0 ? null : await plan(vault, request, groups, before)
    if (change !== null) {
      if (!(await commitWithin(vault, request, change))) continue
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
    return { isStale: false, livePasted: new Set(live), confirmMs }
  }
  throw new VaultUnavailableError('The claim store kept changing while claims were stored; nothing was stored. Retry.')
}

/**
 * Most secrets are new when they are minted: then nothing is read, and the store checks what is taken for granted.
 * @returns null when it is not so; then nothing was stored.
 */
async function mintUnseen(
  vault: VaultContext,
  request: MintRequest,
  groups: readonly Uint8Array[],
  unrevoked: readonly string[],
): Promise<MintResult | null> {
  const { items, pasted } = request
  const now = vault.ledger.now()
  const isKnown = items.some(({ id, isAlias }) => isAlias === true || vault.seen.has(id))
  if (now === undefined || isKnown || items.length === 0 || pasted.length > 0) return null
  const before = { now, thread: undefined, claims: [], places: [], revocations: [] }
  const { insert = [], ...change } = await plan(vault, request, groups, before)
  if (!(await commitUnseen(vault, request, { ...change, insert }, now, unrevoked))) return null
  const confirmMs = Math.min(CONFIRM_MS, ...insert.map((row) => confirmWindowMs(row, now)))
  return { isStale: false, livePasted: new Set(), confirmMs }
}

function hasStaleAlias({ items }: MintRequest, groups: readonly Uint8Array[], { claims }: ClaimSnapshot): boolean {
  return items.some(({ id, isAlias }, i) => {
    const fingerprint = isAlias === true ? claims.find((row) => row.id === id)?.fingerprint : undefined
    return fingerprint != null && !equalBytes(fingerprint, groups[i]!)
  })
}

/** Commits under the quotas. @throws LimitError */
async function commitWithin(vault: VaultContext, request: MintRequest, change: VaultChange): Promise<boolean> {
  const inserted = change.insert?.length ?? 0
  const settle = inserted === 0 ? undefined : await reserve(vault, request, inserted, request.subject)
  let stored = false
  try {
    stored = await commit(vault, change)
    return stored
  } finally {
    settle?.(stored)
  }
}

async function plan(
  vault: VaultContext,
  request: MintRequest,
  groups: readonly Uint8Array[],
  before: ClaimSnapshot,
): Promise<VaultChange> {
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
    // Minted again, the same credential ends when it did before: "in an hour" was said when it was new.
    const credentialExpiresAt = row?.credentialExpiresAt ?? expiryAt(item.credentialExpiry, now)
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
        // What refreshes credentials decides when one of them has ended.
        expiresAt: request.boundByCredential === true && vault.refresher === undefined ? credentialExpiresAt : null,
        capAt,
        credentialExpiresAt,
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

/** By its thread, by its value in the tenant, and by its value or one of its claims in the thread. */
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
    naming.valueInThreadRevocation(scope, group),
  ]
}

function isRevoked(
  naming: NamingKeys,
  scope: Scope,
  secret: string | Uint8Array,
  group: Uint8Array,
  standing: readonly string[],
): boolean {
  if (standing.length === 0) return false
  return revocationTags(naming, scope, secret, group).some((tag) => standing.includes(tag))
}

/** A value's revocation as it stands in this thread, so that reinstating the thread does not lift it; see `revokeValue`. */
function groupMarks(
  naming: NamingKeys,
  { tenant, threadId, items }: MintRequest,
  groups: readonly Uint8Array[],
  { revocations }: ClaimSnapshot,
): RevocationRow[] {
  if (revocations.length === 0) return []
  const scope = { tenant, threadId }
  const tags = items
    .map(
      (item, i) =>
        [naming.valueRevocation(tenant, item.secret), naming.valueInThreadRevocation(scope, groups[i]!)] as const,
    )
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
    const revoked = new Map(
      request.items
        .map((item, i) => [item, groups[i]!] as const)
        .filter(([item, group]) => isRevoked(vault.naming, request, item.secret, group, after.revocations))
        .map(([item, group]) => [item.id, group]),
    )
    // Behind the URL of a replaced secret stands another one.
    const isOf = (row: ClaimRow, group: Uint8Array | undefined) =>
      group !== undefined && row.fingerprint !== null && equalBytes(row.fingerprint, group)
    const marks = groupMarks(vault.naming, request, groups, after)
    const update = after.claims
      .filter((row) => row.state === 'live' && isOf(row, revoked.get(row.id)))
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
    kinds: unique(touched.flatMap(({ kind }) => kind ?? [])),
    channels: unique(touched.map(({ channel }) => channel)),
  }
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
