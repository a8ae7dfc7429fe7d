import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import pg from 'pg'

/** What a claim of the bench weighs beside its id: row, ciphertext, MAC, place and its thread's last use. */
const CLAIM_BYTES = 390
/** What a ledger record of the bench weighs, with its MAC, and each claim that it names. */
const EVENT_BYTES = 145
const NAME_BYTES = 25

/** What an application would write by hand, in the same database with the same durability: plain rows, nothing sealed. */
export interface Baseline {
  /** One row and one event in one transaction. */
  mint(ids: readonly string[]): Promise<void>
  /** A select by key, then an event. */
  restore(ids: readonly string[]): Promise<void>
  /** `UPDATE … RETURNING` and an event in one transaction. */
  claim(id: string): Promise<void>
  events(count: number): Promise<void>
  close(): Promise<void>
}

const claimBytes = (): Buffer => randomBytes(CLAIM_BYTES)
const eventBytes = (claims = 0): Buffer => randomBytes(EVENT_BYTES + claims * NAME_BYTES)

/** As random as a claim's own: keys in order would find their pages in the cache. */
export const rowId = (): string => randomBytes(16).toString('base64url')

/** In a file of its own, with the settings of `SqliteClaimStore`. */
export function sqliteBaseline(file: string): Baseline {
  const db = new Database(file)
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) db.pragma(pragma)
  db.exec(`CREATE TABLE rows (id TEXT PRIMARY KEY, left INTEGER NOT NULL, payload BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE events (seq INTEGER PRIMARY KEY, payload BLOB NOT NULL)`)
  const insert = db.prepare('INSERT INTO rows VALUES (?, 1, ?)')
  const event = db.prepare('INSERT INTO events (payload) VALUES (?)')
  const select = db.prepare('SELECT payload FROM rows WHERE id = ?')
  const update = db.prepare('UPDATE rows SET left = left - 1 WHERE id = ? AND left > 0 RETURNING payload')
  const transaction = async (work: () => void) => db.transaction(work)()
  return {
    mint: (ids) =>
      transaction(() => {
        for (const id of ids) insert.run(id, claimBytes())
        event.run(eventBytes(ids.length))
      }),
    restore: (ids) =>
      transaction(() => {
        for (const id of ids) select.get(id)
        event.run(eventBytes(ids.length))
      }),
    claim: (id) =>
      transaction(() => {
        update.get(id)
        event.run(eventBytes(1))
      }),
    events: (count) =>
      transaction(() => {
        for (let i = 0; i < count; i++) event.run(eventBytes())
      }),
    close: async () => {
      db.close()
    },
  }
}

/** In a schema of its own. Prepared by name: the fastest way in which `pg` runs a statement. */
export async function postgresBaseline(url: string, schema: string): Promise<Baseline> {
  const pool = new pg.Pool({ connectionString: url })
  pool.on('error', () => {})
  await pool.query(`CREATE SCHEMA ${schema};
    CREATE TABLE ${schema}.rows (id text PRIMARY KEY, left_over int NOT NULL, payload bytea NOT NULL);
    CREATE TABLE ${schema}.events (seq bigserial PRIMARY KEY, payload bytea NOT NULL)`)
  const run = async (name: string, text: string, values: unknown[]) => {
    await pool.query({ name, text, values })
  }
  const addEvents = `INSERT INTO ${schema}.events (payload) SELECT unnest($1::bytea[])`
  return {
    mint: (ids) =>
      run(
        'mint',
        `WITH added AS (INSERT INTO ${schema}.rows SELECT id, 1, payload FROM unnest($1::text[], $2::bytea[]) AS u(id, payload))
          INSERT INTO ${schema}.events (payload) VALUES ($3)`,
        [ids, ids.map(claimBytes), eventBytes(ids.length)],
      ),
    async restore(ids) {
      await run('select', `SELECT payload FROM ${schema}.rows WHERE id = ANY($1::text[])`, [ids])
      await run('events', addEvents, [[eventBytes(ids.length)]])
    },
    claim: (id) =>
      run(
        'claim',
        `WITH taken AS (UPDATE ${schema}.rows SET left_over = left_over - 1 WHERE id = $1 AND left_over > 0 RETURNING payload)
          INSERT INTO ${schema}.events (payload) SELECT $2 FROM taken`,
        [id, eventBytes(1)],
      ),
    events: (count) => run('events', addEvents, [Array.from({ length: count }, () => eventBytes())]),
    async close() {
      await pool.query(`DROP SCHEMA ${schema} CASCADE`)
      await pool.end()
    },
  }
}
