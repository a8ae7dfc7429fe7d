import type { ClaimVault } from '../../claim-vault.js'
import { type Check, fail, ok } from '../check.js'
import { readWitness, whyRolledBack, witnessOf, writeWitness } from '../witness.js'

export const RESUME_ADVICE =
  'Handoffs are refused now. Decide what was claimed since that backup, revoke it, then: secret-safe doctor --resume-handoffs'

/**
 * A vault that was restored from a backup has forgotten what was claimed and revoked since: a spent claim is live again.
 * Compares the ledger with what the last run saw of it; the witness stays as it was until a person resumes.
 */
export const restored: Check = {
  id: 'restored',
  async run({ store, row: { vaultId }, witnessFile, vault }) {
    const seen = readWitness(witnessFile)
    if (seen !== undefined && seen.vaultId !== vaultId) {
      return [
        fail(
          `The witness ${witnessFile} is of vault ${seen.vaultId}, and this one is ${vaultId}.`,
          'Name another file with --witness.',
        ),
      ]
    }
    const why = seen === undefined ? undefined : await whyRolledBack(store, seen)
    if (why !== undefined) {
      await suspend(vault)
      return [fail(`This vault is an older state of itself: ${why}.`, RESUME_ADVICE)]
    }
    const witness = await witnessOf(store, vaultId, seen?.seq ?? 0)
    writeWitness(witnessFile, witness)
    if (seen === undefined) return [ok(`The ledger's end is remembered from now on, in ${witnessFile}.`)]
    return [ok(`The ledger goes on from what was seen at ${new Date(seen.at).toISOString()}.`)]
  },
}

/** Once: a suspension that stands needs no second event. */
export async function suspend(vault: ClaimVault | undefined): Promise<void> {
  if (vault !== undefined && !(await vault.areHandoffsSuspended())) await vault.suspendHandoffs('restored backup')
}

/** Says whether handoffs are refused, whoever had that done: this command, or a process that noticed a rollback. */
export const handoffs: Check = {
  id: 'handoffs',
  async run({ vault }) {
    if (vault === undefined) return []
    return (await vault.areHandoffsSuspended())
      ? [fail('Handoffs and leases are suspended.', RESUME_ADVICE)]
      : [ok('Handoffs and leases are given out.')]
  },
}
