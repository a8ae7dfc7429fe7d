import type { Principal } from '../access/principal.js'
import { changeState, eachPage, eachPageOfValue, endClaims, PAGE, removeRevocations } from './change-state.js'
import type { ClaimId, ClaimRow } from './claim-store.js'
import type { ClaimUrlParts } from './claim-url.js'
import { requireRight } from './decide.js'
import type { Scope } from './naming-keys.js'
import { encodePayload } from './payload.js'
import { requireRow } from './revoke.js'
import { load, type VaultContext } from './vault-context.js'

// Each lifts one revocation, and revives the claims that no other one covers.

export async function reinstateThread(vault: VaultContext, scope: Scope, principal: Principal): Promise<number> {
  const { tenant, threadId } = scope
  await requireRight(vault, principal, 'reinstate', scope)
  await removeRevocations(vault, tenant, threadId, [vault.naming.threadRevocation(scope)], principal)
  return eachPage(vault, { tenant, threadId }, (rows) => revive(vault, rows, principal))
}

/** With every claim of the same secret in its thread. */
export async function reinstateClaim(
  vault: VaultContext,
  tenant: string,
  url: ClaimUrlParts,
  principal: Principal,
): Promise<number> {
  const row = await requireRow(vault, tenant, url, principal, 'reinstate')
  const { threadId, fingerprint } = row
  const own = vault.naming.grantRevocation(row, row.id)
  // What was cleared tells no group any more; its own revocation says that it was ended alone.
  if (fingerprint === null) {
    await removeRevocations(vault, tenant, threadId, [own], principal)
    return revive(vault, [row], principal)
  }
  const tags = [vault.naming.groupRevocation(row, fingerprint), own]
  await removeRevocations(vault, tenant, threadId, tags, principal)
  return eachPage(vault, { tenant, threadId, fingerprints: [fingerprint] }, (rows) => revive(vault, rows, principal))
}

export async function reinstateGrant(
  vault: VaultContext,
  tenant: string,
  url: ClaimUrlParts,
  principal: Principal,
): Promise<number> {
  const row = await requireRow(vault, tenant, url, principal, 'reinstate')
  await removeRevocations(vault, tenant, row.threadId, [vault.naming.grantRevocation(row, row.id)], principal)
  return revive(vault, [row], principal)
}

/** Claims that were cleared meanwhile live again where the value stood as it is, once it is stored anew. */
export async function reinstateValue(
  vault: VaultContext,
  tenant: string,
  secret: string,
  principal: Principal,
): Promise<number> {
  const { naming, store } = vault
  await requireRight(vault, principal, 'reinstate', { tenant, threadId: '' })
  await removeRevocations(vault, tenant, null, [naming.valueRevocation(tenant, secret)], principal)
  const payload = encodePayload({ kind: 'text', text: secret })
  for (let after: string | undefined; ; ) {
    const scopes = (await store.listThreads(tenant, after, PAGE)).map((threadId) => ({ tenant, threadId }))
    const tags = scopes.map((scope) => naming.valueInThreadRevocation(scope, naming.fingerprint(secret, scope)))
    if (tags.length > 0) await removeRevocations(vault, tenant, null, tags, principal)
    const ids = scopes.map((scope) => naming.resumeId(scope, payload))
    const { claims } = await load(vault, { tenant, threadId: '', ids, places: [], revocations: [] })
    for (const row of claims.filter(({ sealed }) => sealed === null)) await revive(vault, [row], principal)
    if (scopes.length < PAGE) break
    after = scopes.at(-1)!.threadId
  }
  return eachPageOfValue(vault, tenant, secret, (rows) => revive(vault, rows, principal))
}

export async function reinstateSubject(vault: VaultContext, tenant: string, sub: string, by: Principal): Promise<void> {
  await requireRight(vault, by, 'reinstate', { tenant, threadId: '' })
  await removeRevocations(vault, tenant, null, [vault.naming.subjectRevocation(tenant, sub)], by)
}

export async function reinstateTenant(vault: VaultContext, tenant: string, by: Principal): Promise<void> {
  await requireRight(vault, by, 'reinstate', { tenant, threadId: '' })
  await removeRevocations(vault, tenant, null, [vault.naming.tenantRevocation(tenant)], by)
}

async function revive(vault: VaultContext, rows: readonly ClaimRow[], principal: Principal): Promise<number> {
  const covered = await withStandingRevocation(vault, rows)
  const free = rows.filter((row) => !covered.has(row.id))
  const count = await changeState(vault, free, 'live', principal, 'reinstate', undefined)
  // A revocation may have been stored meanwhile: who writes second must look again.
  const late = await withStandingRevocation(vault, free)
  if (late.size === 0) return count
  const ending = free.filter((row) => late.has(row.id))
  return count - (await endClaims(vault, ending, 'revoked', principal, 'claim'))
}

/** Those that are revoked by their thread, their secret or on their own. */
async function withStandingRevocation(vault: VaultContext, rows: readonly ClaimRow[]): Promise<ReadonlySet<ClaimId>> {
  if (rows.length === 0) return new Set()
  const { tenant, threadId } = rows[0]!
  const tags = rows.map((row) => [row.id, tagsOf(vault, row)] as const)
  const asked = [...new Set(tags.flatMap(([, own]) => own))]
  const { revocations } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: asked })
  const standing = new Set(revocations)
  return new Set(tags.filter(([, own]) => own.some((tag) => standing.has(tag))).map(([id]) => id))
}

function tagsOf({ naming }: VaultContext, row: ClaimRow): readonly string[] {
  const { fingerprint } = row
  const bySecret =
    fingerprint === null
      ? []
      : [naming.groupRevocation(row, fingerprint), naming.valueInThreadRevocation(row, fingerprint)]
  return [naming.threadRevocation(row), naming.grantRevocation(row, row.id), ...bySecret]
}
