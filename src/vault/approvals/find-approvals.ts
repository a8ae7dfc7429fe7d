import type { ApprovalRequirement } from '../../access/authorizer.js'
import type { ClaimId, ClaimRow } from '../claim-store.js'
import type { Scope } from '../naming-keys.js'
import { readRecords } from '../records.js'
import type { VaultContext } from '../vault-context.js'
import { type ApprovalAsk, approvalIdOf, approvalOf, satisfies } from './approval.js'

/** What was decided about a request. */
export interface FoundApproval {
  /** For the ledger. */
  readonly name: string
  satisfies(requirement: ApprovalRequirement, now: number): boolean
}

/** What was decided about exactly this: these claims as they are now, this principal, verb and run. */
export async function approvalsOf(
  vault: VaultContext,
  { tenant, ...ask }: Scope & ApprovalAsk,
  rows: readonly ClaimRow[],
): Promise<ReadonlyMap<ClaimId, FoundApproval>> {
  const found = new Map<ClaimId, FoundApproval>()
  if (rows.length === 0) return found
  const wanted = new Map(rows.map((row) => [approvalIdOf(vault.naming, row, ask), row]))
  const { records } = await readRecords(vault, { tenant, kind: 'approval', ids: [...wanted.keys()] })
  for (const read of records) {
    const approval = approvalOf(read)
    const row = wanted.get(read.record.id)
    if (approval === undefined || row === undefined || approval.claimId !== row.id) continue
    found.set(row.id, {
      name: `approval ${approval.id}`,
      satisfies: (requirement, now) => satisfies(approval, requirement, now),
    })
  }
  return found
}
