import { endOf, trustedUse } from '../../claim-row.js'
import type { ClaimRow } from '../../claim-store.js'
import { readClock } from '../../ledger-options.js'
import { readLastSweep } from '../../sweeper.js'
import type { VaultContext } from '../../vault-context.js'
import { type Check, count, ok, warn } from '../check.js'

const HOUR_MS = 60 * 60_000
const SAMPLE = 2_000
const ADVICE = "Let one process sweep: sweep: 'auto' in ClaimVault.open, or secret-safe sweep --watch"

export const sweeper: Check = {
  id: 'sweeper',
  async run({ store }) {
    const last = await readLastSweep(store)
    if (last === undefined) return [warn('The vault was never swept.', ADVICE)]
    const ageMs = (await readClock(store)) - last
    const when = new Date(last).toISOString()
    if (ageMs > HOUR_MS)
      return [warn(`The vault was last swept ${Math.round(ageMs / HOUR_MS)} h ago (${when}).`, ADVICE)]
    return [ok(`The vault was last swept ${Math.max(0, Math.round(ageMs / 60_000))} min ago (${when}).`)]
  },
}

/**
 * Ciphertext that should be gone. From the first claims in order of id: ids are HMACs or random, so that these are as
 * good as any.
 */
export const backlog: Check = {
  id: 'backlog',
  async run({ store, tenant, vault }) {
    if (vault === undefined) return []
    const rows = await store.find({ tenant, limit: SAMPLE })
    const overdue = await countOverdue(vault.context(), rows)
    const of = rows.length < SAMPLE ? count(rows.length, 'claim') : `a sample of ${count(rows.length, 'claim')}`
    if (overdue === 0) return [ok(`Of ${of}, none ended over an hour ago and still holds its ciphertext.`)]
    return [
      warn(
        `Of ${of}, ${overdue} ended over an hour ago and still ${overdue === 1 ? 'holds its' : 'hold their'} ciphertext.`,
        ADVICE,
      ),
    ]
  },
}

async function countOverdue({ store, naming }: VaultContext, rows: readonly ClaimRow[]): Promise<number> {
  const byThread = new Map<string, ClaimRow[]>()
  for (const row of rows) byThread.set(row.threadId, [...(byThread.get(row.threadId) ?? []), row])
  let overdue = 0
  for (const [threadId, claims] of byThread) {
    const { tenant } = claims[0]!
    const { now, thread } = await store.load({ tenant, threadId, ids: [], places: [], revocations: [] })
    const use = trustedUse(naming, thread)
    for (const row of claims) {
      const end = row.state === 'live' ? endOf(row, use) : row.sweepAt
      if (row.sealed !== null && end !== null && end < now - HOUR_MS) overdue += 1
    }
  }
  return overdue
}
