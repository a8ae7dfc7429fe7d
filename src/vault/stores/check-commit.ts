import { InputError } from '../../errors.js'
import type { RecordChange } from '../access-record.js'
import type { ClaimCommit } from '../claim-store.js'
import { checkTexts } from './row-codec.js'

/**
 * What a store must not be sent. Rows are checked as they are encoded.
 * @throws InputError for text that cannot be stored, for a claim or record that is written twice in one commit, or for a
 * record's id or expiry that stores would read differently.
 */
export function checkCommit(change: ClaimCommit): void {
  checkTexts([change.places, change.runs, change.removeRevocations, change.assuming], 'commit')
  const ids = new Set<string>()
  const written = [...(change.insert ?? []), ...(change.update ?? []).map((update) => update.row)]
  for (const { id } of written) ids.add(id)
  if (ids.size < written.length) throw new InputError('A commit may write each claim only once.')
  if (change.assuming !== undefined && (change.addRevocations ?? change.records) !== undefined)
    throw new InputError('A commit that assumes something adds neither revocations nor records.')
  checkRecords(change.records ?? [])
}

const MAX_RECORD_ID = 64

function checkRecords(changes: readonly RecordChange[]): void {
  const keys = new Set<string>()
  for (const { record } of changes) {
    const { tenant, kind, id, expiresAt } = record
    if (id.length === 0 || id.length > MAX_RECORD_ID) {
      throw new InputError(`A record's id has 1 to ${MAX_RECORD_ID} characters; this one has ${id.length}.`)
    }
    if (!Number.isSafeInteger(expiresAt)) throw new InputError('expiresAt of a record must be a whole number of ms.')
    keys.add(recordKey(tenant, kind, id))
  }
  if (keys.size < changes.length) throw new InputError('A commit may write each record only once.')
}

/** NUL cannot occur in a name, see `checkText`. */
export const recordKey = (tenant: string, kind: string, id: string): string => `${tenant}\0${kind}\0${id}`

/** @throws InputError for a prune beyond what a stored root covers: what was never sealed could not be verified any more. */
export function checkPrune(throughSeq: number, sealedSeq: number | undefined): void {
  if (throughSeq > (sealedSeq ?? 0)) throw new InputError('Only what a sealed root covers can be pruned; seal first.')
}

/** Two processes that believe to be one writer, as copies of a machine do, must not both go on under its name. */
export function repeatedLink(): InputError {
  return new InputError('This link of this writer is in the ledger already; each opened vault is a writer of its own.')
}
