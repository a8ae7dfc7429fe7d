import type { Principal } from '../access/principal.js'
import { ClaimDeniedError, VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import {
  changeRow,
  openRow,
  sealRow,
  type ThreadUse,
  trustedUse,
  type UnresolvedReason,
  whyEnded,
  windowOf,
} from './claim-row.js'
import type { ClaimId, ClaimMode, ClaimRow } from './claim-store.js'
import { decide } from './decide.js'
import { revocationTags } from './mint.js'
import type { Scope } from './naming-keys.js'
import { decodePayload, type Payload } from './payload.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultContext } from './vault-context.js'

export interface HandoffRequest extends Scope {
  readonly payload: Uint8Array
  readonly secret: string | Uint8Array
  readonly mode: Exclude<ClaimMode, 'resume'>
  readonly maxClaims: number
  readonly ttlMs: number
  readonly allow: readonly string[] | null
  readonly metadata: Uint8Array | null
  readonly runId: string | undefined
  readonly principal: Principal | null
}

/** Stores an explicit claim under a random id; dead on arrival while its thread or its value is revoked. */
export async function createHandoff(vault: VaultContext, request: HandoffRequest): Promise<ClaimId> {
  const { naming } = vault
  const { tenant, threadId } = request
  const fingerprint = naming.fingerprint(request.secret, request)
  const revocations = revocationTags(naming, request, request.secret, fingerprint)
  const { now } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: [] })
  const expiresAt = now + request.ttlMs
  const branchKey = await vault.branchKeys.forWindow(tenant, windowOf(expiresAt))
  const id = naming.randomId()
  const row = sealRow(
    naming,
    branchKey.key,
    {
      id,
      tenant,
      threadId,
      mode: request.mode,
      state: 'live',
      generation: 1,
      maxClaims: request.maxClaims,
      claimed: 0,
      allow: request.allow,
      ruleId: 'handoff',
      branchKeyId: branchKey.id,
      ttlMs: null,
      createdAt: now,
      expiresAt,
      capAt: expiresAt,
      credentialExpiresAt: null,
      leaseHolder: null,
      fingerprint,
    },
    request.payload,
    request.metadata,
  )
  const event: LedgerEvent = {
    operation: 'mint',
    outcome: 'ok',
    tenant,
    threadId,
    ...subjectOf(request.principal, request.runId),
    claims: [id],
    rules: ['handoff'],
  }
  const runs = request.runId === undefined ? {} : { runs: [[id, request.runId] as const] }
  const stored = await commit(vault, { insert: [row], events: [event], ...runs })
  if (!stored) throw new VaultUnavailableError('The claim could not be stored; nothing was stored. Retry.')
  await endIfRevoked(vault, request, id, revocations)
  return id
}

/** Looks only once the claim is stored: a revocation that comes later finds it. */
async function endIfRevoked(
  vault: VaultContext,
  { tenant, threadId }: Scope,
  id: ClaimId,
  revocations: readonly string[],
): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const after = await load(vault, { tenant, threadId, ids: [id], places: [], revocations })
    const row = after.claims[0]
    if (after.revocations.length === 0 || row?.state !== 'live') return
    const update = [{ row: changeRow(vault.naming, row, { state: 'revoked' }, after.now), expectedMac: row.mac }]
    if (await commit(vault, { update })) return
  }
  throw new VaultUnavailableError('The claim kept changing while a revocation was looked for. Retry.')
}

export interface ClaimRequest extends Scope {
  readonly id: ClaimId
  readonly principal: Principal
  readonly runId: string | undefined
}

/**
 * Takes a claim, counted: of any number of racing callers exactly as many win as it allows. Decrypts first and counts
 * afterwards, so a payload that cannot be opened uses nothing up; what lost the race is decided again.
 * @throws ClaimDeniedError for every refusal alike, EnvelopeError, VaultUnavailableError.
 */
export async function takeClaim(vault: VaultContext, request: ClaimRequest): Promise<Payload> {
  const { naming } = vault
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const revocation = naming.threadRevocation(request)
    const { tenant, threadId } = request
    const snapshot = await load(vault, { tenant, threadId, ids: [request.id], places: [], revocations: [revocation] })
    const row = snapshot.claims[0]
    const use = trustedUse(naming, snapshot.thread)
    const holder = naming.leaseHolder(request.principal.sub, request.principal.act, request.runId)
    const reason = whyNot(vault, request, row, use, snapshot.now, snapshot.revocations.length > 0, holder)
    if (reason !== null || row === undefined || row.sealed === null) {
      await recordDenial(vault, request, reason ?? 'unknown')
      throw new ClaimDeniedError()
    }
    const key = (await vault.branchKeys.byIds([row.branchKeyId])).get(row.branchKeyId)
    if (key === undefined) {
      await recordDenial(vault, request, 'damaged')
      throw new ClaimDeniedError()
    }
    const payload = decodePayload(openRow(naming, key, row, row.sealed))
    const next = counted(naming, row, holder, snapshot.now)
    const won = await commit(vault, {
      update: [{ row: next, expectedMac: row.mac }],
      events: [claimEvent(request, { outcome: 'ok' })],
      ...(row.expiresAt === null ? {} : { deadline: row.expiresAt }),
    })
    if (won) return payload
  }
  throw new VaultUnavailableError('Too many callers raced for this claim; nothing was consumed. Retry.')
}

/** A lease that is open for this holder is not counted again. */
function counted(naming: VaultContext['naming'], row: ClaimRow, holder: string, now: number): ClaimRow {
  if (row.mode === 'lease' && row.leaseHolder === holder) return changeRow(naming, row, {}, now)
  const claimed = row.claimed + 1
  if (row.mode === 'lease') return changeRow(naming, row, { claimed, leaseHolder: holder }, now)
  return changeRow(naming, row, { claimed, state: claimed === row.maxClaims ? 'spent' : 'live' }, now)
}

function whyNot(
  vault: VaultContext,
  request: ClaimRequest,
  row: ClaimRow | undefined,
  use: ThreadUse | undefined,
  now: number,
  threadRevoked: boolean,
  holder: string,
): UnresolvedReason | null {
  if (row === undefined || row.tenant !== request.tenant || row.threadId !== request.threadId) return 'unknown'
  const ended = whyEnded(vault.naming, row, use, now)
  if (ended !== null) return ended
  if (threadRevoked) return 'revoked'
  if (row.mode === 'lease' && row.leaseHolder !== null && row.leaseHolder !== holder) return 'spent'
  return decide(vault.authorizer, request.principal, 'claim', row) ? null : 'denied'
}

function claimEvent(request: ClaimRequest, outcome: Pick<LedgerEvent, 'outcome' | 'reason'>): LedgerEvent {
  const { tenant, threadId, principal, runId, id } = request
  return { operation: 'claim', ...outcome, tenant, threadId, ...subjectOf(principal, runId), claims: [id] }
}

async function recordDenial(vault: VaultContext, request: ClaimRequest, reason: UnresolvedReason): Promise<void> {
  await commit(vault, { events: [claimEvent(request, { outcome: 'denied', reason })] })
}
