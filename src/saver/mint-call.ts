import type { ClaimVault } from '../vault/claim-vault.js'
import { mint, placeKey } from '../vault/mint.js'
import type { ScrubContext } from '../vault/scrub/scrubber.js'
import type { EventSubject } from '../vault/vault-context.js'
import type { Visitable } from './saver-call.js'
import { escapePasted, type Scrubbed, scrub } from './scrub-call.js'

/** For how long, and for whom. */
export interface MintTerms {
  /** Sliding lifetime in ms; null to end with the thread. */
  readonly ttlMs: number | null
  readonly boundByCredential: boolean
  readonly subject: EventSubject
}

/**
 * Stores what a scrubbed call needs in the vault.
 * @param own a copy of the call as it was given, for what has to be scrubbed once more: a claim that stands for another
 * value by now.
 * @returns the call that may be sent on.
 */
export async function mintCall<Call extends Visitable<Call>>(
  { call, items, pasted }: Scrubbed<Call>,
  context: ScrubContext,
  vault: ClaimVault,
  terms: MintTerms,
  own?: Call,
): Promise<Call> {
  const { scope, runId, memory } = context
  const { tenant, threadId } = scope
  const { livePasted, confirmMs, isStale } = await mint(vault.context(), {
    tenant,
    threadId,
    items,
    pasted,
    maxTtlMs: vault.maxTtlMs,
    ...terms,
  })
  if (isStale && own !== undefined) {
    memory.forgetAliases()
    return mintCall(scrub(own, context, false), context, vault, terms, own)
  }
  const dead = new Set<string>()
  memory.touched()
  for (const { id, place } of items) memory.confirm(id, place, runId, confirmMs)
  for (const { id, place } of pasted) {
    if (livePasted.has(placeKey(id, place))) memory.confirm(id, place, runId, confirmMs)
    else dead.add(placeKey(id, place))
  }
  return escapePasted(call, context, dead)
}
