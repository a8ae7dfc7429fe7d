import { admits, isFor, type Limits, type Use } from '../../access/limits.js'
import type { Principal } from '../../access/principal.js'
import type { RecordChange } from '../access-record.js'
import type { ClaimId } from '../claim-store.js'
import type { NamingKeys, Scope } from '../naming-keys.js'
import { readRecords } from '../records.js'
import { load, type VaultContext } from '../vault-context.js'
import { changeOfGrant, type Grantor, grantOf, type StoredGrant } from './grant.js'

/** One step by which something was handed on. */
export interface Link {
  readonly by: Grantor
  readonly limits: Limits
  readonly used: number
  readonly isRevoked: boolean
  /** One more use, for the commit of what it is used for. */
  spend(): RecordChange
}

/** How something came from the one who has it in its own right to the one who asks. */
export interface Chain {
  /** For the ledger. */
  readonly name: string
  readonly links: readonly Link[]
}

/** A chain is as good as its weakest link: each must admit the use, none may be revoked or used up. */
export function isUsable({ links }: Chain, use: Use, principal: Pick<Principal, 'sub' | 'act'>): boolean {
  const last = links.at(-1)
  return last !== undefined && isFor(last.limits, principal) && links.every((link) => isLinkUsable(link, use))
}

function isLinkUsable({ limits, used, isRevoked }: Link, use: Use): boolean {
  const isSpent = use.verb === 'claim' && limits.count !== null && used >= limits.count
  return !isRevoked && !isSpent && admits(limits, use)
}

/** Uses are counted at every link, so that siblings together get no more than was handed to their parent. */
export function spendingOf({ links }: Chain, verb: Use['verb']): readonly RecordChange[] {
  return verb === 'claim' ? links.filter(({ limits }) => limits.count !== null).map((link) => link.spend()) : []
}

/** Every chain by which these claims were handed to the principal, whether it is usable or not. */
export async function findChains(
  vault: VaultContext,
  { tenant, threadId }: Scope,
  claimIds: readonly ClaimId[],
  { sub, act }: Pick<Principal, 'sub' | 'act'>,
): Promise<ReadonlyMap<ClaimId, readonly Chain[]>> {
  const holders = [sub, ...(act === undefined ? [] : [act])].map((subject) => vault.naming.holder(tenant, subject))
  const { records } = await readRecords(vault, { tenant, kind: 'grant', threadId, claimIds, holders })
  const held = records.map(grantOf).filter((grant) => grant !== undefined)
  const chains = await chainsOf(vault, tenant, held)
  const byClaim = new Map<ClaimId, Chain[]>()
  for (const [grant, chain] of chains) byClaim.set(grant.claimId, [...(byClaim.get(grant.claimId) ?? []), chain])
  return byClaim
}

/** The chains that end in these grants; a grant whose forebears are not all there and sound has none. */
export async function chainsOf(
  vault: VaultContext,
  tenant: string,
  grants: readonly StoredGrant[],
): Promise<ReadonlyMap<StoredGrant, Chain>> {
  const ids = [...new Set(grants.flatMap(({ path }) => path))]
  const { records } = ids.length === 0 ? { records: [] } : await readRecords(vault, { tenant, kind: 'grant', ids })
  const byId = new Map(records.map((read) => [read.record.id, grantOf(read)]))
  const chains = new Map<StoredGrant, Chain>()
  for (const grant of grants) {
    const forebears = grant.path.map((id) => byId.get(id))
    const whole = [...forebears, grant]
    if (whole.every((each) => each !== undefined) && isContinuous(whole))
      chains.set(grant, { name: `grant ${grant.id}`, links: whole.map((each) => linkOf(vault.naming, each)) })
  }
  return chains
}

/** Each was handed on by someone whom the one before was for, and is about the same claim. */
function isContinuous(grants: readonly StoredGrant[]): boolean {
  return grants.every((grant, i) => {
    const parent = grants[i - 1]
    return (
      grant.path.length === i &&
      (parent === undefined || (parent.claimId === grant.claimId && isFor(parent.limits, grant.by)))
    )
  })
}

function linkOf(naming: NamingKeys, grant: StoredGrant): Link {
  const { by, limits, used, isRevoked } = grant
  return { by, limits, used, isRevoked, spend: () => changeOfGrant(naming, grant, { used: used + 1 }) }
}

/** The chains none of whose grantors is revoked: what a revoked subject has handed on ends with it. */
export async function withoutRevoked(
  vault: VaultContext,
  scope: Scope,
  chains: readonly Chain[],
): Promise<readonly Chain[]> {
  const tagsOf = ({ links }: Chain) =>
    links.flatMap(({ by }) =>
      [by.sub, ...(by.act === undefined ? [] : [by.act])].map((subject) =>
        vault.naming.subjectRevocation(scope.tenant, subject),
      ),
    )
  const asked = [...new Set(chains.flatMap(tagsOf))]
  if (asked.length === 0) return chains
  const { revocations } = await load(vault, { ...scope, ids: [], places: [], revocations: asked })
  const standing = new Set(revocations)
  return chains.filter((chain) => !tagsOf(chain).some((tag) => standing.has(tag)))
}
