import type { Principal } from '../access/principal.js'
import { InputError } from '../errors.js'
import { commitOrThrow } from './change-state.js'
import { requireRight } from './decide.js'
import { load, subjectOf, type VaultContext } from './vault-context.js'

const REASON = /^[a-z0-9][a-z0-9 -]{0,63}$/

/**
 * Stops every handoff and lease of the tenant until a person decides: after a restored backup, counts may be those of an
 * earlier day, and a spent claim would be live again.
 * @param by null for the vault's own checks; it takes no right to stop.
 * @throws InputError for a reason that is not a short text of lower-case letters, digits, spaces and hyphens.
 */
export async function suspendHandoffs(
  vault: VaultContext,
  tenant: string,
  reason: string,
  by: Principal | null,
): Promise<void> {
  // It goes into the ledger as it is.
  if (typeof reason !== 'string' || !REASON.test(reason))
    throw new InputError('A reason is 1 to 64 of a-z, 0-9, space and hyphen, such as "restored backup".')
  if (by !== null) await requireRight(vault, by, 'revoke', { tenant, threadId: '' })
  const subject = by === null ? { sub: 'system:vault' } : subjectOf(by, undefined)
  await commitOrThrow(vault, {
    addRevocations: [{ tenant, tag: vault.naming.suspension(tenant), threadId: null }],
    events: [{ operation: 'suspend', outcome: 'ok', reason, tenant, ...subject, claims: [] }],
  })
}

/** @throws ClaimDeniedError without the right to reinstate. */
export async function resumeHandoffs(vault: VaultContext, tenant: string, by: Principal): Promise<void> {
  await requireRight(vault, by, 'reinstate', { tenant, threadId: '' })
  await commitOrThrow(vault, {
    removeRevocations: [{ tenant, tag: vault.naming.suspension(tenant) }],
    events: [{ operation: 'resume', outcome: 'ok', tenant, ...subjectOf(by, undefined), claims: [] }],
  })
}

export async function isSuspended(vault: VaultContext, tenant: string): Promise<boolean> {
  const tag = vault.naming.suspension(tenant)
  const { revocations } = await load(vault, { tenant, threadId: '', ids: [], places: [], revocations: [tag] })
  return revocations.length > 0
}
