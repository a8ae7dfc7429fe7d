import type { Principal } from '../access/principal.js'
import { InputError } from '../errors.js'
import { parseUrl, type ReinstateTarget, type RevokeTarget, requireText } from './claim-options.js'
import { endCapability, endGrant } from './grants/end-grant.js'
import {
  reinstateClaim,
  reinstateGrant,
  reinstateSubject,
  reinstateTenant,
  reinstateThread,
  reinstateValue,
} from './reinstate.js'
import {
  revokeClaim,
  revokeGrant,
  revokeRun,
  revokeSubject,
  revokeTenant,
  revokeThread,
  revokeValue,
} from './revoke.js'
import type { VaultContext } from './vault-context.js'

/** @returns how many claims were ended. @throws InputError for what names no target, ClaimUrlError, ClaimDeniedError. */
export async function revokeTarget(
  vault: VaultContext,
  tenant: string,
  target: RevokeTarget,
  by: Principal,
): Promise<number> {
  requireOneTarget(target, TARGETS)
  if ('claim' in target) return revokeClaim(vault, tenant, parseUrl(target.claim), by)
  if ('grant' in target) return revokeGrant(vault, tenant, parseUrl(target.grant), by)
  if ('grantId' in target) return endGrant(vault, tenant, requireText('grantId', target.grantId), by)
  if ('capability' in target) return endCapability(vault, tenant, requireText('capability', target.capability), by)
  if ('value' in target) return revokeValue(vault, tenant, requireText('value', target.value), by)
  if ('runId' in target) return revokeRun(vault, tenant, requireText('runId', target.runId), by)
  if ('threadId' in target)
    return revokeThread(vault, { tenant, threadId: requireText('threadId', target.threadId) }, by)
  if ('sub' in target) await revokeSubject(vault, tenant, requireText('sub', target.sub), by)
  else await revokeTenant(vault, tenant, by)
  return 0
}

/** @returns how many claims live again. @throws InputError for what names no target, ClaimUrlError, ClaimDeniedError. */
export async function reinstateTarget(
  vault: VaultContext,
  tenant: string,
  target: ReinstateTarget,
  by: Principal,
): Promise<number> {
  requireOneTarget(target, REINSTATED)
  if ('claim' in target) return reinstateClaim(vault, tenant, parseUrl(target.claim), by)
  if ('grant' in target) return reinstateGrant(vault, tenant, parseUrl(target.grant), by)
  if ('value' in target) return reinstateValue(vault, tenant, requireText('value', target.value), by)
  if ('threadId' in target)
    return reinstateThread(vault, { tenant, threadId: requireText('threadId', target.threadId) }, by)
  if ('sub' in target) await reinstateSubject(vault, tenant, requireText('sub', target.sub), by)
  else await reinstateTenant(vault, tenant, by)
  return 0
}

const REINSTATED = ['claim', 'grant', 'value', 'threadId', 'sub', 'tenant'] as const
const TARGETS = [...REINSTATED, 'runId', 'grantId', 'capability'] as const

/** A target that is misspelt must not end the whole tenant. */
function requireOneTarget(target: object, targets: readonly string[]): void {
  const named = targets.filter((name) => name in target)
  const isTenant = (target as { tenant?: unknown }).tenant === true
  if (named.length !== 1 || (named[0] === 'tenant' && !isTenant))
    throw new InputError(`Expected one target: ${targets.join(', ')} (tenant: true).`)
}
