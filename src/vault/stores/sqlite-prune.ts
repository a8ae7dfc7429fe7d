import { checkPrune } from './check-commit.js'
import type { SqliteConnection } from './sqlite-connection.js'

/** So that other writers get their turn in between. */
const BATCH = 5_000

const CLAIMS_OF_EVENTS =
  'SELECT j.value, l.seq FROM ledger l, json_each(l.claims) j WHERE l.seq IN (SELECT seq FROM ledger WHERE seq <= ? ORDER BY seq LIMIT ?)'

/** Oldest first and in portions, so that an interruption leaves a ledger that begins later, without a hole. */
export async function pruneSqlite(db: SqliteConnection, throughSeq: number): Promise<number> {
  let removed = 0
  for (let count = BATCH; count === BATCH; removed += count) {
    count = await db.write(() => {
      checkPrune(throughSeq, Number(db.prepare('SELECT max(to_seq) AS sealed FROM ledger_roots').get()?.sealed ?? 0))
      // The triggers look for this row, which nobody else ever sees: it goes before the transaction ends.
      db.prepare('INSERT INTO ledger_permit (through_seq) VALUES (?)').run(throughSeq)
      db.prepare(`DELETE FROM ledger_claims WHERE (claim_id, seq) IN (${CLAIMS_OF_EVENTS})`).run(throughSeq, BATCH)
      const { changes } = db
        .prepare('DELETE FROM ledger WHERE seq IN (SELECT seq FROM ledger WHERE seq <= ? ORDER BY seq LIMIT ?)')
        .run(throughSeq, BATCH)
      db.prepare('DELETE FROM ledger_permit').run()
      return Number(changes)
    })
  }
  return removed
}
