import type { ClaimVault } from '../vault/claim-vault.js'
import { mint, placeKey } from '../vault/mint.js'
import type { ScrubContext } from '../vault/scrub/scrubber.js'
import type { EventSubject } from '../vault/vault-context.js'
import type { Scrubbed } from './scrub-call.js'

/** For how long, and for whom. */
export interface MintTerms {
  /** Sliding lifetime in ms; null to end with the thread. */
  readonly ttlMs: number | null
  readonly boundByCredential: boolean
  readonly subject: EventSubject
}

export interface StoredClaims {
  /** True when what went by an alias has to be scrubbed once more; nothing was stored. */
  readonly isStale: boolean
  /** Pasted URLs, by place, that the vault does not know where they stand. */
  readonly dead: ReadonlySet<string>
}

/**
 * Has the vault hold every claim of what was scrubbed, and remembers which of them need not be asked for again soon.
 * @throws VaultUnavailableError, VaultReadOnlyError, KeyProviderError, LimitError; then nothing was stored.
 */
export async function storeClaims(
  { items, pasted }: Pick<Scrubbed<unknown>, 'items' | 'pasted'>,
  { scope, memory, runId }: ScrubContext,
  vault: ClaimVault,
  terms: MintTerms,
): Promise<StoredClaims> {
  const { tenant, threadId } = scope
  const request = { tenant, threadId, items, pasted, maxTtlMs: vault.maxTtlMs, ...terms }
  const { livePasted, confirmMs, isStale } = await mint(vault.context(), request)
  const dead = new Set<string>()
  if (isStale) {
    memory.forgetAliases()
    return { isStale, dead }
  }
  memory.touched()
  for (const { id, place } of items) memory.confirm(id, place, runId, confirmMs)
  for (const { id, place } of pasted) {
    if (livePasted.has(placeKey(id, place))) memory.confirm(id, place, runId, confirmMs)
    else dead.add(placeKey(id, place))
  }
  return { isStale, dead }
}
