import type { AccessRequest, ApprovalRequirement, Decision } from '../access/authorizer.js'
import type { GrantableVerb, Use } from '../access/limits.js'
import type { Principal } from '../access/principal.js'
import type { RecordChange } from './access-record.js'
import { approvalsOf } from './approvals/find-approvals.js'
import type { ClaimRow } from './claim-store.js'
import { decide } from './decide.js'
import { chainOfCapability } from './grants/capability-chain.js'
import { type Chain, findChains, isUsable, spendingOf, withoutRevoked } from './grants/chain.js'
import type { Scope } from './naming-keys.js'
import type { VaultContext } from './vault-context.js'

export interface PermitRequest extends Scope {
  readonly principal: Principal
  readonly verb: GrantableVerb
  readonly runId: string | undefined
  /** What is being done, such as a node's name; grants may be for one task alone. */
  readonly task?: string | undefined
  /** The graph's node, for policies. */
  readonly node?: string | undefined
  /** Decides instead of the principal's own right and grants. */
  readonly capability?: string | undefined
}

/** A claim, and in which channel it stands where it is read from state. */
export interface Ask {
  readonly row: ClaimRow
  readonly channel?: string
}

export type Permit =
  /** `spend` goes into the commit of what is permitted; `by` names a grant, a capability or an approval, for the ledger. */
  | { readonly allowed: true; readonly by: string | null; readonly spend: readonly RecordChange[] }
  | { readonly allowed: false; readonly reason: 'denied' }
  | { readonly allowed: false; readonly reason: 'approval'; readonly requirement: ApprovalRequirement }

const DENIED: Permit = { allowed: false, reason: 'denied' }
const IN_OWN_RIGHT: Permit = { allowed: true, by: null, spend: [] }

/**
 * Whether a principal may have claims: in its own right, else by what was handed to it by somebody who has the right now,
 * and where a policy asks for it once others have agreed. A rule that forbids is lifted by nothing.
 * @returns in the order of `asks`.
 */
export async function permitEach(
  vault: VaultContext,
  request: PermitRequest,
  asks: readonly Ask[],
  now: number,
): Promise<readonly Permit[]> {
  const { principal, verb } = request
  const pending = asks.map(({ row, channel }) => decide(vault, principal, verb, row, placeOf(request, channel, now)))
  const own = pending.some((decision) => decision instanceof Promise)
    ? await Promise.all(pending)
    : (pending as readonly Decision[])
  if (request.capability === undefined && own.every(({ allowed, approval }) => allowed && approval === undefined))
    return own.map(() => IN_OWN_RIGHT)
  const byHand = await handedOn(vault, request, asks, own, now)
  return withApprovals(vault, request, asks, byHand, now)
}

export async function permit(vault: VaultContext, request: PermitRequest, row: ClaimRow, now: number): Promise<Permit> {
  const [answer] = await permitEach(vault, request, [{ row }], now)
  return answer!
}

/** A decision, and by which chain it came about. */
interface Handed {
  readonly decision: Decision
  readonly chain: Chain | null
}

async function handedOn(
  vault: VaultContext,
  request: PermitRequest,
  asks: readonly Ask[],
  own: readonly Decision[],
  now: number,
): Promise<readonly Handed[]> {
  const { capability, verb, runId, task, principal } = request
  const asking = asks.filter((_, i) => own[i]!.forbidden !== true && (capability !== undefined || !own[i]!.allowed))
  const chains = await candidates(vault, request, asking)
  const use: Use = { verb, now, runId, task }
  return Promise.all(
    asks.map(async ({ row, channel }, i): Promise<Handed> => {
      const decision = own[i]!
      if (decision.forbidden === true || (capability === undefined && decision.allowed))
        return { decision, chain: null }
      for (const chain of chains.get(row.id) ?? []) {
        if (!isUsable(chain, use, principal)) continue
        const { by } = chain.links[0]!
        const root = await decide(vault, { ...by, tenant: row.tenant }, verb, row, placeOf(request, channel, now))
        if (root.allowed) return { decision: root, chain }
      }
      return { decision: { ...decision, allowed: false }, chain: null }
    }),
  )
}

async function candidates(
  vault: VaultContext,
  request: PermitRequest,
  asking: readonly Ask[],
): Promise<ReadonlyMap<string, readonly Chain[]>> {
  const rows = [...new Map(asking.map(({ row }) => [row.id, row])).values()]
  const found = new Map<string, readonly Chain[]>()
  if (rows.length === 0) return found
  const ids = rows.map(({ id }) => id)
  const granted =
    request.capability === undefined ? await findChains(vault, request, ids, request.principal) : undefined
  for (const row of rows) {
    const chains = granted?.get(row.id) ?? (await presented(vault, request, row))
    if (chains.length > 0) found.set(row.id, await withoutRevoked(vault, request, chains))
  }
  return found
}

async function presented(vault: VaultContext, { capability }: PermitRequest, row: ClaimRow): Promise<readonly Chain[]> {
  const chain = capability === undefined ? null : await chainOfCapability(vault, row, capability)
  return chain === null ? [] : [chain]
}

async function withApprovals(
  vault: VaultContext,
  request: PermitRequest,
  asks: readonly Ask[],
  handed: readonly Handed[],
  now: number,
): Promise<readonly Permit[]> {
  const needing = asks.filter((_, i) => handed[i]!.decision.allowed && handed[i]!.decision.approval !== undefined)
  const approvals = await approvalsOf(
    vault,
    request,
    needing.map(({ row }) => row),
  )
  return handed.map(({ decision, chain }, i): Permit => {
    if (!decision.allowed) return DENIED
    const spend = chain === null ? [] : spendingOf(chain, request.verb)
    const { approval: requirement } = decision
    if (requirement === undefined) return { allowed: true, by: chain?.name ?? null, spend }
    const approval = approvals.get(asks[i]!.row.id)
    if (approval === undefined || !approval.satisfies(requirement, now))
      return { allowed: false, reason: 'approval', requirement }
    return { allowed: true, by: [chain?.name, approval.name].filter((name) => name !== undefined).join(', '), spend }
  })
}

function placeOf({ runId, node }: PermitRequest, channel: string | undefined, now: number): AccessRequest['at'] {
  return {
    now,
    ...(runId === undefined ? {} : { runId }),
    ...(node === undefined ? {} : { node }),
    ...(channel === undefined ? {} : { channel }),
  }
}
