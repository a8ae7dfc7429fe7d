import { checkPrincipal, type Principal } from '../access/principal.js'
import { InputError, LimitError, VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import { type checkConsumers, checkHandoff, type HandoffOptions } from './claim-options.js'
import { sealRow, windowOf } from './claim-row.js'
import type { ClaimId, ClaimMode, ClaimRow } from './claim-store.js'
import { requireRight } from './decide.js'
import { endIfRevoked } from './end-if-revoked.js'
import { revocationTags } from './mint.js'
import type { Scope } from './naming-keys.js'
import { encodePayload } from './payload.js'
import { reserve } from './reserve.js'
import { commit, commitUnseen, load, subjectOf, type VaultChange, type VaultContext } from './vault-context.js'

/** One claim of a handed secret. */
export interface HandoffGrant {
  readonly maxClaims: number
  readonly ttlMs: number
  readonly allow: readonly string[] | null
}

export interface HandoffRequest extends Scope {
  readonly payload: Uint8Array
  readonly secret: string | Uint8Array
  readonly mode: Exclude<ClaimMode, 'resume'>
  /** A lease's window, in ms from its first claim; null for "until it expires". */
  readonly leaseMs: number | null
  readonly grants: readonly HandoffGrant[]
  readonly metadata: Uint8Array | null
  /** Ms since the epoch; nothing is handed out beyond it. */
  readonly credentialExpiresAt: number | null
  readonly runId: string | undefined
  readonly principal: Principal | null
}

/**
 * Makes one explicit claim of a value for each consumer.
 * @returns their URLs in that order. @throws as `createHandoffs` does; LimitError for what is too large.
 */
export async function createClaims(
  vault: VaultContext,
  scope: Scope,
  value: string | Uint8Array,
  options: HandoffOptions,
  consumers: ReturnType<typeof checkConsumers>,
): Promise<readonly string[]> {
  const { maxSecretBytes, maxTtlMs } = vault.limits
  const checked = checkHandoff(value, options, consumers)
  const payload = encodePayload(
    typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'bytes', bytes: value },
  )
  for (const [what, bytes] of Object.entries({ value: payload, metadata: checked.metadata })) {
    if (bytes !== null && bytes.length > maxSecretBytes)
      throw new LimitError(`The ${what} is over maxSecretBytes (${maxSecretBytes}); nothing was stored.`)
  }
  const ids = await createHandoffs(vault, {
    ...scope,
    ...checked,
    payload,
    grants: checked.grants.map((grant) => ({ ...grant, ttlMs: Math.min(grant.ttlMs, maxTtlMs) })),
    principal: options.principal === undefined ? null : checkPrincipal(options.principal),
  })
  return ids.map((id) => vault.naming.url(scope, id))
}

/**
 * Stores one explicit claim for each grant under a random id, all of them or none; dead on arrival while their thread or
 * their value is revoked.
 * @throws InputError for a credential that has expired, LimitError for a quota, ClaimDeniedError.
 */
async function createHandoffs(vault: VaultContext, request: HandoffRequest): Promise<readonly ClaimId[]> {
  const { tenant, threadId, principal, credentialExpiresAt } = request
  if (principal !== null) await requireRight(vault, principal, 'grant', request)
  const fingerprint = vault.naming.fingerprint(request.secret, request)
  const revocations = revocationTags(vault.naming, request, request.secret, fingerprint)
  const believed = credentialExpiresAt === null ? vault.ledger.now() : undefined
  if (believed !== undefined) {
    const change = await sealGrants(vault, request, fingerprint, believed)
    if (await commitUnseen(vault, request, change, believed, revocations)) return change.insert.map(({ id }) => id)
  }
  const { now } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: [] })
  if (credentialExpiresAt !== null && credentialExpiresAt <= now)
    throw new InputError('The credential has expired by its own expiry; nothing was stored.')
  const change = await sealGrants(vault, request, fingerprint, now)
  const ids = change.insert.map(({ id }) => id)
  const settle = await reserve(vault, request, ids.length, subjectOf(principal, request.runId))
  let stored = false
  try {
    stored = await commit(vault, change)
  } finally {
    settle(stored)
  }
  if (!stored) throw new VaultUnavailableError('The claim could not be stored; nothing was stored. Retry.')
  await endIfRevoked(vault, request, ids, revocations)
  return ids
}

async function sealGrants(
  vault: VaultContext,
  request: HandoffRequest,
  fingerprint: Uint8Array,
  now: number,
): Promise<VaultChange & { readonly insert: readonly ClaimRow[] }> {
  const { tenant, threadId, principal, runId } = request
  const insert: ClaimRow[] = []
  for (const grant of request.grants) insert.push(await sealGrant(vault, request, grant, fingerprint, now))
  const claims = insert.map(({ id }) => id)
  const event: LedgerEvent = {
    operation: 'mint',
    outcome: 'ok',
    tenant,
    threadId,
    ...subjectOf(principal, runId),
    claims,
    rules: ['handoff'],
  }
  return { insert, events: [event], ...(runId === undefined ? {} : { runs: claims.map((id) => [id, runId] as const) }) }
}

async function sealGrant(
  { naming, branchKeys }: VaultContext,
  request: HandoffRequest,
  grant: HandoffGrant,
  fingerprint: Uint8Array,
  now: number,
): Promise<ClaimRow> {
  const { tenant, threadId, mode, credentialExpiresAt } = request
  const expiresAt = Math.min(now + grant.ttlMs, credentialExpiresAt ?? Number.POSITIVE_INFINITY)
  const branchKey = await branchKeys.forWindow(tenant, windowOf(expiresAt))
  const row = {
    id: naming.randomId(),
    tenant,
    threadId,
    mode,
    state: 'live',
    generation: 1,
    maxClaims: grant.maxClaims,
    claimed: 0,
    allow: grant.allow,
    ruleId: 'handoff',
    branchKeyId: branchKey.id,
    ttlMs: request.leaseMs,
    createdAt: now,
    expiresAt,
    capAt: expiresAt,
    credentialExpiresAt,
    leaseHolder: null,
    fingerprint,
  } as const
  return sealRow(naming, branchKey.key, row, request.payload, request.metadata)
}
