import { LedgerBrokenError } from '../errors.js'
import { IntervalCheck } from './check-roots.js'
import { Findings } from './ledger-report.js'
import type { LedgerRootRow, LedgerStore } from './ledger-store.js'
import { prunedThrough } from './prune-event.js'
import { eachEntry, eachRoot } from './read-ledger.js'

type Store = Pick<LedgerStore, 'readEvents' | 'listRoots'>

/**
 * The last root whose whole interval was sealed before a time, so that all of its records are older.
 * @param through no record beyond this number may go.
 */
export async function prunableRoot(store: Store, before: number, through: number): Promise<LedgerRootRow | undefined> {
  let last: LedgerRootRow | undefined
  for await (const row of eachRoot(store)) {
    if (row.at >= before || row.toSeq > through) break
    last = row
  }
  return last
}

/**
 * Makes sure that what is about to go is what was sealed: afterwards nobody could tell.
 * @returns how many records there are up to the root.
 * @throws LedgerBrokenError
 */
export async function checkBeforePrune(store: Store, root: LedgerRootRow): Promise<number> {
  const findings = new Findings()
  const intervals = new IntervalCheck(store, root.number, findings)
  let firstSeq: number | undefined
  let count = 0
  for await (const entry of eachEntry(store)) {
    if (entry.seq > root.toSeq) break
    firstSeq ??= entry.seq
    count += 1
    await intervals.take(entry)
  }
  await intervals.finish()
  const earlier = await lastPrunedRoot(store)
  const torn = intervals.incomplete.find(
    // What lies wholly before the first record went with an earlier prune, and an interrupted one left a part.
    ({ toSeq, number }) => firstSeq !== undefined && toSeq >= firstSeq && number > earlier,
  )
  const broken = findings.list[0]?.root ?? torn?.number
  if (broken !== undefined) {
    throw new LedgerBrokenError(
      `The records that root ${broken} sealed are not what they were; nothing was pruned. Run: secret-safe ledger verify`,
    )
  }
  return count
}

async function lastPrunedRoot(store: Store): Promise<number> {
  let last = 0
  for await (const entry of eachEntry(store, { operation: 'prune' })) last = Math.max(last, prunedThrough(entry) ?? 0)
  return last
}
