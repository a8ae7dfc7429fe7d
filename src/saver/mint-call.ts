import type { ClaimVault } from '../vault/claim-vault.js'
import type { ScrubContext } from '../vault/scrub/scrubber.js'
import type { Visitable } from './saver-call.js'
import { escapePasted, type Scrubbed, scrub } from './scrub-call.js'
import { type MintTerms, storeClaims } from './store-claims.js'

/**
 * Stores what a scrubbed call needs in the vault.
 * @param own a copy of the call as it was given, for what has to be scrubbed once more: a claim that stands for another
 * value by now.
 * @returns the call that may be sent on.
 */
export async function mintCall<Call extends Visitable<Call>>(
  scrubbed: Scrubbed<Call>,
  context: ScrubContext,
  vault: ClaimVault,
  terms: MintTerms,
  own?: Call,
): Promise<Call> {
  const { isStale, dead } = await storeClaims(scrubbed, context, vault, terms)
  if (isStale && own !== undefined) return mintCall(scrub(own, context, false), context, vault, terms, own)
  return escapePasted(scrubbed.call, context, dead)
}
