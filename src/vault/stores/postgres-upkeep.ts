import type { BranchKeyRow } from '../claim-store.js'
import { checkPrune } from './check-commit.js'
import type { PostgresConnections } from './postgres-pool.js'
import { CLOCK_MS, filterStatement, type TableName } from './postgres-sql.js'
import type { SqlRunner } from './sql-tables.js'

export function postgresRunner(db: PostgresConnections, table: TableName): SqlRunner {
  return { table, nowMs: CLOCK_MS, run: (access, build) => db.run(access, filterStatement(build)) }
}

/** So that other writers get their turn in between, and no transaction lasts long. */
const PRUNE_BATCH = 10_000

/** Oldest first and in portions, so that an interruption leaves a ledger that begins later, without a hole. */
export async function prunePostgres(db: PostgresConnections, table: TableName, throughSeq: number): Promise<number> {
  let removed = 0
  for (let count = PRUNE_BATCH; count === PRUNE_BATCH; removed += count) {
    count = await db.transaction('write', async (run) => {
      const [root] = await run({ text: `SELECT max(to_seq) AS sealed FROM ${table('ledger_roots')}`, values: [] })
      checkPrune(throughSeq, Number(root?.sealed ?? 0))
      // The triggers look for this setting, which ends with the transaction.
      await run({
        text: `SELECT set_config('langgraph_secret_safe.prune_through', $1, true)`,
        values: [String(throughSeq)],
      })
      const [gone] = await run({
        text: `WITH doomed AS MATERIALIZED (
            SELECT seq, claims FROM ${table('ledger')} WHERE seq <= $1 ORDER BY seq LIMIT ${PRUNE_BATCH}),
          names AS (DELETE FROM ${table('ledger_claims')} c
            USING doomed d, json_array_elements_text(d.claims::json) AS j(id) WHERE c.claim_id = j.id AND c.seq = d.seq),
          events AS (DELETE FROM ${table('ledger')} l USING doomed d WHERE l.seq = d.seq RETURNING l.seq)
          SELECT count(*) AS count FROM events`,
        values: [throughSeq],
      })
      return Number(gone?.count)
    })
  }
  return removed
}

/**
 * A deleted row stays in its page until the page is used again, so the small table is written anew: `CLUSTER`, because
 * unlike `VACUUM FULL` it can run in a transaction and so give up its lock after a time, which a dump may hold for hours.
 */
export async function destroyPostgresKeys(
  db: PostgresConnections,
  table: TableName,
  before: number,
): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]> {
  const rows = await db.run('write', {
    text: `DELETE FROM ${table('branch_keys')} WHERE key_window >= 0 AND key_window < $1 RETURNING id, tenant, key_window`,
    values: [before],
  })
  try {
    await db.transaction('write', async (run) => {
      await run({ text: `SELECT set_config('lock_timeout', '2s', true)`, values: [] })
      await run({ text: `CLUSTER ${table('branch_keys')} USING branch_keys_pkey`, values: [] })
    })
  } catch {
    // Not the owner, or the lock was not to be had: the rows are gone all the same, and whoever recorded their end must
    // learn of it. docs/stores.md says what is left on disk.
  }
  return rows.map((row) => ({ id: String(row.id), tenant: String(row.tenant), window: Number(row.key_window) }))
}
