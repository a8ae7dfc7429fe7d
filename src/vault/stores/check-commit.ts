import { InputError } from '../../errors.js'
import type { ClaimCommit } from '../claim-store.js'
import { checkTexts } from './row-codec.js'

/**
 * What a store must not be sent. Rows are checked as they are encoded.
 * @throws InputError for text that cannot be stored, or for a claim that is written twice in one commit.
 */
export function checkCommit(change: ClaimCommit): void {
  checkTexts([change.places, change.runs, change.removeRevocations], 'commit')
  const ids = new Set<string>()
  const written = [...(change.insert ?? []), ...(change.update ?? []).map((update) => update.row)]
  for (const { id } of written) ids.add(id)
  if (ids.size < written.length) throw new InputError('A commit may write each claim only once.')
}

/** @throws InputError for a prune beyond what a stored root covers: what was never sealed could not be verified any more. */
export function checkPrune(throughSeq: number, sealedSeq: number | undefined): void {
  if (throughSeq > (sealedSeq ?? 0)) throw new InputError('Only what a sealed root covers can be pruned; seal first.')
}

/** Two processes that believe to be one writer, as copies of a machine do, must not both go on under its name. */
export function repeatedLink(): InputError {
  return new InputError('This link of this writer is in the ledger already; each opened vault is a writer of its own.')
}
