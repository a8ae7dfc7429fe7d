import type { Principal } from '../access/principal.js'
import { ClaimDeniedError } from '../errors.js'
import { equalBytes } from '../seal/bytes.js'
import { addRevocations, changeState, eachPage, eachPageOfValue, endClaims, PAGE } from './change-state.js'
import type { ClaimId, ClaimRow, RevocationRow } from './claim-store.js'
import type { ClaimUrlParts } from './claim-url.js'
import { isPermitted, requireRight } from './decide.js'
import type { Scope } from './naming-keys.js'
import { load, type VaultContext } from './vault-context.js'

/** The row behind a URL. @throws ClaimDeniedError unless it is there, the URL is its own, and the principal has the right. */
export async function requireRow(
  vault: VaultContext,
  tenant: string,
  url: ClaimUrlParts,
  principal: Principal,
  verb: 'revoke' | 'reinstate',
): Promise<ClaimRow> {
  const { claims, now } = await load(vault, { tenant, threadId: '', ids: [url.id], places: [], revocations: [] })
  const row = claims[0]
  if (row === undefined || row.tenant !== tenant || !vault.naming.owns(row, url)) throw new ClaimDeniedError()
  if (!(await isPermitted(vault, principal, verb, row, now))) throw new ClaimDeniedError()
  return row
}

/** Ends one claim and every other claim of the same secret in its thread, for good. */
export async function revokeClaim(
  vault: VaultContext,
  tenant: string,
  url: ClaimUrlParts,
  principal: Principal,
): Promise<number> {
  let count = 0
  for (let row = await requireRow(vault, tenant, url, principal, 'revoke'); ; ) {
    const { threadId, fingerprint } = row
    if (fingerprint === null) return count + (await endAlone(vault, row, principal))
    await addRevocations(vault, [{ tenant, tag: vault.naming.groupRevocation(row, fingerprint), threadId }], principal)
    count += await eachPage(vault, { tenant, threadId, fingerprints: [fingerprint] }, (rows) =>
      endClaims(vault, rows, 'revoked', principal, 'claim'),
    )
    // It may have been replaced meanwhile: then it has gone on, with others, as claims of another secret.
    const { claims } = await load(vault, { tenant, threadId, ids: [url.id], places: [], revocations: [] })
    const now = claims[0]
    if (now?.fingerprint == null || equalBytes(now.fingerprint, fingerprint)) return count
    row = now
  }
}

/** Ends one claim; other claims of the same secret go on. */
export async function revokeGrant(
  vault: VaultContext,
  tenant: string,
  url: ClaimUrlParts,
  principal: Principal,
): Promise<number> {
  return endAlone(vault, await requireRow(vault, tenant, url, principal, 'revoke'), principal)
}

async function endAlone(vault: VaultContext, row: ClaimRow, principal: Principal): Promise<number> {
  const { tenant, threadId } = row
  await addRevocations(vault, [{ tenant, tag: vault.naming.grantRevocation(row, row.id), threadId }], principal)
  return endClaims(vault, [row], 'revoked', principal, 'grant')
}

/**
 * Ends what is live in a thread, and whatever is stored there later, until `deleteThread` or `reinstate`. What has ended
 * already keeps its own end: `reinstate` would bring it back to life.
 */
export async function revokeThread(vault: VaultContext, scope: Scope, principal: Principal): Promise<number> {
  await requireRight(vault, principal, 'revoke', scope)
  const tag = vault.naming.threadRevocation(scope)
  await addRevocations(vault, [{ tenant: scope.tenant, tag, threadId: scope.threadId }], principal)
  return eachPage(vault, scope, (rows) => endClaims(vault, rows, 'revoked', principal, 'thread'))
}

/**
 * Ends every claim of a secret in all threads of the tenant, and keeps later ones dead. Its claims are marked in their
 * threads too: only the value itself tells its tag, and who reinstates a thread has no values.
 */
export async function revokeValue(
  vault: VaultContext,
  tenant: string,
  secret: string,
  principal: Principal,
): Promise<number> {
  await requireRight(vault, principal, 'revoke', { tenant, threadId: '' })
  const tag = vault.naming.valueRevocation(tenant, secret)
  await addRevocations(vault, [{ tenant, tag, threadId: null }], principal)
  return eachPageOfValue(vault, tenant, secret, async (rows) => {
    await addRevocations(vault, valueMarks(vault, rows), principal)
    return endClaims(vault, rows, 'revoked', principal, 'value')
  })
}

/** From now on nothing is given to a subject (a `sub`, or an `act`); no claim is changed. */
export async function revokeSubject(vault: VaultContext, tenant: string, sub: string, by: Principal): Promise<void> {
  await requireRight(vault, by, 'revoke', { tenant, threadId: '' })
  await addRevocations(vault, [{ tenant, tag: vault.naming.subjectRevocation(tenant, sub), threadId: null }], by)
}

/** From now on nothing of the tenant is given out, in constant time; no claim is changed. */
export async function revokeTenant(vault: VaultContext, tenant: string, by: Principal): Promise<void> {
  await requireRight(vault, by, 'revoke', { tenant, threadId: '' })
  await addRevocations(vault, [{ tenant, tag: vault.naming.tenantRevocation(tenant), threadId: null }], by)
}

/** Ends a run's handoffs and leases, and those of its `resume` claims that no other run uses; a later run may mint again. */
export async function revokeRun(
  vault: VaultContext,
  tenant: string,
  runId: string,
  principal: Principal,
): Promise<number> {
  let count = 0
  for (let after: ClaimId | undefined; ; ) {
    const rows = await vault.store.find({ tenant, runId, limit: PAGE, ...(after === undefined ? {} : { after }) })
    const resume = rows.filter(({ mode }) => mode === 'resume').map(({ id }) => id)
    const shared = new Set(resume.length === 0 ? [] : await vault.store.usedByOtherRuns(resume, runId))
    const ending = rows.filter(({ id }) => !shared.has(id))
    count += await changeState(vault, ending, 'ended', principal, 'revoke', 'run', runId)
    if (rows.length < PAGE) return count
    after = rows.at(-1)!.id
  }
}

function valueMarks({ naming }: VaultContext, rows: readonly ClaimRow[]): RevocationRow[] {
  const byTag = new Map<string, RevocationRow>()
  for (const row of rows) {
    if (row.fingerprint === null) continue
    const tag = naming.valueInThreadRevocation(row, row.fingerprint)
    byTag.set(tag, { tenant: row.tenant, tag, threadId: row.threadId })
  }
  return [...byTag.values()]
}
