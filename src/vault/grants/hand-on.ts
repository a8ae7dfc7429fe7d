import { signCapability } from '../../access/capability.js'
import { checkAudience, checkNarrowing, type Limits, type Narrowing, narrow } from '../../access/limits.js'
import type { Principal } from '../../access/principal.js'
import { ClaimDeniedError, InputError, LimitError, VaultUnavailableError } from '../../errors.js'
import { accessTags } from '../access-tags.js'
import { MINUTE_MS, trustedUse, whyEnded } from '../claim-row.js'
import type { ClaimId, ClaimRow } from '../claim-store.js'
import { decide } from '../decide.js'
import type { Scope } from '../naming-keys.js'
import { readRecords } from '../records.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultContext } from '../vault-context.js'
import { chainsOf, isUsable, withoutRevoked } from './chain.js'
import { type Grant, grantOf, recordOfGrant, type StoredGrant } from './grant.js'

const DEFAULT_TTL_MS = 60 * MINUTE_MS
/** How far from the one who has it in its own right. */
const MAX_DEPTH = 8
const MAX_GRANTS = 1_000

export interface HandOnRequest extends Scope {
  readonly id: ClaimId
  readonly principal: Principal
  readonly to: Narrowing
  readonly audience: readonly string[]
  readonly runId: string | undefined
}

/**
 * Hands a part of what the principal has to somebody else: in its own right, or of the grant `from`.
 * @throws InputError for what would widen it, ClaimDeniedError, LimitError.
 */
export async function handOn(
  vault: VaultContext,
  request: HandOnRequest & { readonly from: string | undefined },
): Promise<Grant> {
  checkNarrowing(request.to)
  checkAudience(request.audience)
  const { naming } = vault
  const { tenant, threadId, principal, from } = request
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { row, now } = await requireLive(vault, request)
    const parent = from === undefined ? undefined : await requireGrant(vault, row, from, principal, now)
    const limits = parent === undefined ? await ownLimits(vault, request, row, now) : parent.limits
    if (parent !== undefined && parent.path.length + 1 >= MAX_DEPTH)
      throw new LimitError(`A secret is handed on ${MAX_DEPTH} times at most.`)
    await requireRoom(vault, row)
    const grant: Grant = {
      id: naming.randomId(),
      tenant,
      threadId,
      claimId: row.id,
      path: parent === undefined ? [] : [...parent.path, parent.id],
      by: grantorOf(principal),
      limits: checkCountable(narrow(limits, request.to, request.audience, now)),
      used: 0,
      isRevoked: false,
      createdAt: now,
    }
    const change = { record: recordOfGrant(naming, grant), expectedMac: null }
    if (
      await commit(vault, {
        records: [change],
        events: [grantEvent(request, { outcome: 'ok', reason: `grant ${grant.id} to ${grant.limits.audience[0]}` })],
      })
    )
      return grant
  }
  throw new VaultUnavailableError('The claim kept changing while it was handed on. Retry.')
}

/**
 * Makes a capability: a grant that is carried instead of stored, and that its holder can narrow offline.
 * @throws ClaimDeniedError, InputError.
 */
export async function makeCapability(vault: VaultContext, request: HandOnRequest): Promise<string> {
  checkNarrowing(request.to)
  const audience = checkAudience(request.audience)
  const { naming } = vault
  const { row, now } = await requireLive(vault, request)
  const own = await ownLimits(vault, request, row, now)
  const limits = checkCountable(narrow({ ...own, count: request.to.count ?? 1 }, request.to, audience, now))
  const { tenant, threadId, id } = row
  const root = {
    vaultId: naming.vaultId,
    tenant,
    threadId,
    claimId: id,
    jti: naming.randomId(),
    by: grantorOf(request.principal),
  }
  const event = grantEvent(request, { outcome: 'ok', reason: `capability ${root.jti}` })
  if (!(await commit(vault, { events: [event] }))) throw new VaultUnavailableError('The ledger took no event. Retry.')
  return signCapability(root, limits, (bytes) => naming.capabilityMac(bytes))
}

export function grantorOf({ sub, act }: Principal) {
  return { sub, ...(act === undefined ? {} : { act }) }
}

/** The claim, unless it has ended or the principal is revoked. @throws ClaimDeniedError */
async function requireLive(
  vault: VaultContext,
  request: HandOnRequest,
): Promise<{ readonly row: ClaimRow; readonly now: number }> {
  const { tenant, threadId, id, principal } = request
  const { all } = accessTags(vault.naming, request, principal)
  const snapshot = await load(vault, { tenant, threadId, ids: [id], places: [], revocations: all })
  const row = snapshot.claims[0]
  const isOurs = row !== undefined && row.tenant === tenant && row.threadId === threadId
  if (!isOurs) return refuse(vault, request, 'unknown')
  const ended = whyEnded(vault.naming, row, trustedUse(vault.naming, snapshot.thread), snapshot.now)
  if (ended !== null || snapshot.revocations.length > 0) return refuse(vault, request, ended ?? 'revoked')
  return { row, now: snapshot.now }
}

/** What the principal has by itself: it may `grant`, and whatever it hands on. @throws ClaimDeniedError */
async function ownLimits(vault: VaultContext, request: HandOnRequest, row: ClaimRow, now: number): Promise<Limits> {
  const { principal, to, runId } = request
  const verbs = to.verbs ?? (row.mode === 'resume' ? (['restore'] as const) : (['claim'] as const))
  const at = { now, ...(runId === undefined ? {} : { runId }) }
  for (const verb of ['grant', ...verbs] as const) {
    const { allowed } = await decide(vault, principal, verb, row, at)
    if (!allowed) return refuse(vault, request, 'denied')
  }
  const ttlMs = to.ttlMs ?? DEFAULT_TTL_MS
  const ends = [row.capAt, row.expiresAt, now + ttlMs].filter((end) => end !== null)
  const isCounted = verbs.includes('claim') && row.mode !== 'resume'
  return {
    audience: [],
    verbs,
    expiresAt: to.ttlMs === undefined ? Math.min(...ends) : now + ttlMs,
    count: to.count ?? (isCounted ? 1 : null),
    runId: null,
    task: null,
  }
}

/** A grant that the principal holds and that is good now, whatever it is for. @throws ClaimDeniedError */
async function requireGrant(
  vault: VaultContext,
  row: ClaimRow,
  id: string,
  principal: Principal,
  now: number,
): Promise<StoredGrant> {
  const { tenant, threadId } = row
  if ((await decide(vault, principal, 'grant', row, { now })).forbidden === true) throw new ClaimDeniedError()
  const { records } = await readRecords(vault, { tenant, kind: 'grant', threadId, ids: [id], claimIds: [row.id] })
  const grant = records.map(grantOf).find((each) => each !== undefined)
  const chain = grant && (await chainsOf(vault, tenant, [grant])).get(grant)
  if (grant !== undefined && chain !== undefined) {
    const { verbs, runId, task } = grant.limits
    const uses = verbs.map((verb) => ({ verb, now, runId: runId ?? undefined, task: task ?? undefined }))
    const isGood = uses.every((use) => isUsable(chain, use, principal))
    if (isGood && (await withoutRevoked(vault, row, [chain])).length > 0) return grant
  }
  throw new ClaimDeniedError()
}

/** Reading is not counted, so a count would promise what nobody keeps. */
function checkCountable(limits: Limits): Limits {
  if (limits.count !== null && !limits.verbs.includes('claim'))
    throw new InputError("count limits how often a secret is claimed: it needs the verb 'claim'.")
  return limits
}

/** So that a holder cannot fill the store. @throws LimitError */
async function requireRoom(vault: VaultContext, { tenant, id, threadId }: ClaimRow): Promise<void> {
  const { records } = await readRecords(vault, { tenant, kind: 'grant', threadId, claimIds: [id], limit: MAX_GRANTS })
  if (records.length >= MAX_GRANTS) throw new LimitError(`A claim has ${MAX_GRANTS} grants at most.`)
}

async function refuse(vault: VaultContext, request: HandOnRequest, reason: string): Promise<never> {
  await commit(vault, { events: [grantEvent(request, { outcome: 'denied', reason })] })
  throw new ClaimDeniedError()
}

function grantEvent(
  { tenant, threadId, id, principal, runId }: HandOnRequest,
  outcome: { readonly outcome: 'ok' | 'denied'; readonly reason: string },
) {
  return { operation: 'grant', ...outcome, tenant, threadId, ...subjectOf(principal, runId), claims: [id] } as const
}
