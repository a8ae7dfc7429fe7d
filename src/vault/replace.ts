import type { Principal } from '../access/principal.js'
import { ClaimDeniedError, EnvelopeError, VaultUnavailableError } from '../errors.js'
import type { LedgerOperation } from '../ledger/event.js'
import { accessTags } from './access-tags.js'
import { sealRow, trustedUse, type UnresolvedReason, whyEnded } from './claim-row.js'
import type { ClaimId, ClaimRow } from './claim-store.js'
import { permitted } from './decide.js'
import { endIfRevoked } from './end-if-revoked.js'
import { revocationTags } from './mint.js'
import type { Scope } from './naming-keys.js'
import { isPlain, openedPayload, sealNewValue } from './new-value.js'
import { encodePayload, type Payload } from './payload.js'
import { permit } from './permit.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultContext } from './vault-context.js'

const PAGE = 500

export interface ReplaceRequest extends Scope {
  readonly id: ClaimId
  readonly value: string | Uint8Array
  /** Ms since the epoch; undefined to take it from the value where it says so. */
  readonly credentialExpiresAt: number | null | undefined
  readonly principal: Principal
  readonly runId: string | undefined
  readonly operation: Extract<LedgerOperation, 'replace' | 'refresh'>
  readonly task?: string | undefined
  readonly capability?: string | undefined
}

export interface ReplaceResult {
  /** Claims that stand for the new value now. */
  readonly replaced: number
  /** Claims of the old value that hold it within something else (base64, JSON) or that the principal may not replace. */
  readonly left: number
}

/**
 * Puts another value behind a claim's URL, and behind those other claims of its thread that hold the old value as it is.
 * Counts, owners and ends of handoffs stay; a `resume` claim slides from now. The old value, written again in the thread,
 * stands for the new one: it names the same claim.
 * @throws ClaimDeniedError for an unknown, ended or forbidden claim, or a new value that is revoked; InputError for a
 * claim that holds no text; LimitError; EnvelopeError; VaultUnavailableError (retryable).
 */
export async function replaceClaim(vault: VaultContext, request: ReplaceRequest): Promise<ReplaceResult> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result = await replaceOnce(vault, request)
    if (result !== null) return result
  }
  throw new VaultUnavailableError('The claim kept changing while it was replaced; the old value stands. Retry.')
}

async function replaceOnce(vault: VaultContext, request: ReplaceRequest): Promise<ReplaceResult | null> {
  const { naming } = vault
  const { tenant, threadId, id, principal, value } = request
  const fingerprint = naming.fingerprint(value, request)
  const ofValue = revocationTags(naming, request, value, fingerprint)
  const revocations = [...new Set([...ofValue, ...accessTags(naming, request, principal).all])]
  const snapshot = await load(vault, { tenant, threadId, ids: [id], places: [], revocations })
  const row = snapshot.claims[0]
  const reason = await whyNot(vault, request, row, snapshot)
  if (reason !== null || row === undefined) return refuse(vault, request, reason ?? 'unknown')
  const { now } = snapshot
  const use = trustedUse(naming, snapshot.thread)
  const others = (await sameSecret(vault, row)).filter(
    (other) => other.id !== id && whyEnded(naming, other, use, now) === null,
  )
  const follow = new Set(
    request.operation === 'refresh' ? others : await permitted(vault, principal, 'replace', others, now),
  )
  const next = { ...request, fingerprint }
  const update = [await sealNewValue(vault, row, await openedPayload(vault, row), next, now)]
  for (const other of others) {
    const payload = follow.has(other) ? await openedIfSound(vault, other) : undefined
    if (payload !== undefined && isPlain(vault, other, payload))
      update.push(await sealNewValue(vault, other, payload, next, now))
  }
  const insert = await successorOfText(vault, request, row, update[0]!, now)
  const event = eventOf(
    request,
    { outcome: 'ok' },
    update.map((change) => change.row.id),
  )
  const change = { update, events: [event], ...(insert === null ? {} : { insert: [insert] }) }
  if (!(await commit(vault, change))) return null
  await endIfRevoked(
    vault,
    request,
    update.map((change) => change.row.id),
    ofValue,
  )
  return { replaced: update.length, left: others.length + 1 - update.length }
}

/** A claim that is damaged stays as it is, and holds nobody up. */
async function openedIfSound(vault: VaultContext, row: ClaimRow): Promise<Payload | undefined> {
  try {
    return await openedPayload(vault, row)
  } catch (error) {
    if (error instanceof EnvelopeError) return undefined
    throw error
  }
}

async function whyNot(
  vault: VaultContext,
  request: ReplaceRequest,
  row: ClaimRow | undefined,
  { now, thread, revocations }: Awaited<ReturnType<typeof load>>,
): Promise<UnresolvedReason | null> {
  const { tenant, threadId, operation } = request
  if (row === undefined || row.tenant !== tenant || row.threadId !== threadId) return 'unknown'
  const ended = whyEnded(vault.naming, row, trustedUse(vault.naming, thread), now)
  if (ended !== null && !(ended === 'expired' && operation === 'refresh')) return ended
  if (revocations.length > 0) return 'revoked'
  // A refresh is the vault's own: it follows from the right to restore, which was asked for before.
  if (operation === 'refresh') return null
  const permission = await permit(vault, { ...request, verb: 'replace' }, row, now)
  return permission.allowed ? null : permission.reason
}

async function refuse(vault: VaultContext, request: ReplaceRequest, reason: UnresolvedReason): Promise<never> {
  await commit(vault, { events: [eventOf(request, { outcome: 'denied', reason }, [request.id])] })
  throw new ClaimDeniedError()
}

async function sameSecret({ store }: VaultContext, { tenant, threadId, fingerprint }: ClaimRow): Promise<ClaimRow[]> {
  if (fingerprint === null) return []
  const rows: ClaimRow[] = []
  for (;;) {
    const after = rows.at(-1)?.id
    const filter = { tenant, threadId, fingerprints: [fingerprint], limit: PAGE }
    const page = await store.find(after === undefined ? filter : { ...filter, after })
    rows.push(...page)
    if (page.length < PAGE) return rows
  }
}

/**
 * Once a value has been replaced twice, the one in between names a claim of its own: it is made now, for the new value,
 * so that a writer that still holds the one in between does not bring it back. A refresh, which may come every few
 * minutes, leaves its expired credentials alone.
 */
async function successorOfText(
  vault: VaultContext,
  { operation }: ReplaceRequest,
  row: ClaimRow,
  update: { readonly row: ClaimRow },
  now: number,
): Promise<ClaimRow | null> {
  if (operation === 'refresh' || row.mode !== 'resume') return null
  const [old, next] = [await openedPayload(vault, row), await openedPayload(vault, update.row)]
  if (old === undefined || next === undefined) return null
  const id = vault.naming.resumeId(row, encodePayload(old))
  if (id === row.id) return null
  const { tenant, threadId } = row
  const { claims } = await load(vault, { tenant, threadId, ids: [id], places: [], revocations: [] })
  const key = (await vault.branchKeys.byIds([update.row.branchKeyId])).get(update.row.branchKeyId)
  if (claims.length > 0 || key === undefined) return null
  const { mac: _, sealed: __, sealedMetadata: ___, sweepAt: ____, ...fields } = update.row
  return sealRow(vault.naming, key, { ...fields, id, generation: 1, createdAt: now }, encodePayload(next), null)
}

function eventOf(
  { tenant, threadId, principal, runId, operation }: ReplaceRequest,
  outcome: { readonly outcome: 'ok' } | { readonly outcome: 'denied'; readonly reason: UnresolvedReason },
  claims: readonly ClaimId[],
) {
  return { operation, ...outcome, tenant, threadId, ...subjectOf(principal, runId), claims }
}
