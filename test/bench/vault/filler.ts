import Database from 'better-sqlite3'
import pg from 'pg'

/** When the rows that only take up room come to their end: never, or long ago. */
export type FillerEnd = 'never' | 'past'

/** Writes rows that look like claims by SQL alone: millions of them by way of the vault would take hours. */
export interface Filler {
  fill(count: number, end: FillerEnd): Promise<void>
  close(): Promise<void>
}

const COLUMNS = `id, tenant, thread_id, mode, state, generation, max_claims, claimed, rule_id, branch_key_id, ttl_ms,
  created_at, expires_at, cap_at, mac, sealed, fingerprint, sweep_at`
const LONG_AGO = 1_000_000_000_000
/** A thread holds about twenty claims. */
const CLAIMS_PER_THREAD = 20

const rowSql = (n: string, random: (bytes: number) => string, id: string, end: FillerEnd): string => {
  const [expiresAt, sweepAt] = end === 'past' ? [LONG_AGO, LONG_AGO] : ['NULL', 'NULL']
  return `${id}, 'default', 'filler-' || (${n} / ${CLAIMS_PER_THREAD}), 'resume', 'live', 1, NULL, 0, 'github-pat', 'filler', 2592000000,
    ${LONG_AGO}, ${expiresAt}, NULL, ${random(32)}, ${random(160)}, ${random(16)}, ${sweepAt}`
}

export function sqliteFiller(file: string): Filler {
  const db = new Database(file)
  return {
    async fill(count, end) {
      db.exec(`WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${count})
        INSERT INTO claims (${COLUMNS})
        SELECT ${rowSql('n', (bytes) => `randomblob(${bytes})`, 'lower(hex(randomblob(11)))', end)} FROM n;
        PRAGMA wal_checkpoint(TRUNCATE); ANALYZE`)
    },
    async close() {
      db.close()
    },
  }
}

export function postgresFiller(url: string, schema: string): Filler {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  pool.on('error', () => {})
  const random = (bytes: number): string =>
    `decode(${Array.from({ length: Math.ceil(bytes / 16) }, () => 'md5(random()::text)').join(' || ')}, 'hex')`
  return {
    async fill(count, end) {
      await pool.query(`INSERT INTO ${schema}.claims (${COLUMNS})
        SELECT ${rowSql('n', random, 'left(md5(random()::text), 22)', end)} FROM generate_series(1, ${count}) AS n`)
      await pool.query(`VACUUM ANALYZE ${schema}.claims`)
    },
    async close() {
      await pool.query(`DROP SCHEMA ${schema} CASCADE`)
      await pool.end()
    },
  }
}
