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
  async run({ store, row: { vaultId }, witnessFile, suspend }) {
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
      await suspend('restored-backup')
      return [fail(`This vault is an older state of itself: ${why}.`, RESUME_ADVICE)]
    }
    const witness = await witnessOf(store, vaultId, seen?.seq ?? 0)
    writeWitness(witnessFile, witness)
    if (seen === undefined) return [ok(`The ledger's end is remembered from now on, in ${witnessFile}.`)]
    return [ok(`The ledger goes on from what was seen at ${new Date(seen.at).toISOString()}.`)]
  },
}
