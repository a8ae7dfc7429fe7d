import { type Check, count, fail, ok } from '../check.js'
import { witnessOf } from '../witness.js'

/** Beyond this, the check belongs into a job of its own. */
const MAX_RECORDS = 100_000

/** Chains, registered heads and sealed roots, as `ledger verify` checks them; without anchors, which it is given. */
export const ledger: Check = {
  id: 'ledger',
  async run({ store, row, vault }) {
    if (vault === undefined) return []
    const { seq } = await witnessOf(store, row.vaultId, 0)
    if (seq > MAX_RECORDS) {
      return [ok(`The ledger has ${count(seq, 'record')}; check it with: secret-safe ledger verify`)]
    }
    const { intact, records, findings, findingCount } = await vault.verifyLedger()
    if (intact) return [ok(`The ledger's ${count(records, 'record')} are as they were written, as far as can be seen.`)]
    const more = findingCount > 1 ? ` (${findingCount - 1} more)` : ''
    return [
      fail(`The ledger was touched: ${findings[0]?.what ?? 'see ledger verify'}${more}`, 'secret-safe ledger verify'),
    ]
  },
}
