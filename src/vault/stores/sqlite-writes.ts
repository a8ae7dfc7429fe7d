import type { LedgerRecord } from '../../ledger/event.js'
import type { ClaimCommit, ClaimRow } from '../claim-store.js'
import { repeatedLink } from './check-commit.js'
import { claimCodec, ledgerCodec, revocationCodec, threadCodec } from './codecs.js'
import { sameBytes } from './compare.js'
import type { Cell } from './row-codec.js'
import { RefusedCommit, type SqliteConnection } from './sqlite-connection.js'
import { insertSql } from './sqlite-dialect.js'
import { sqlitePrimaryCode } from './sqlite-errors.js'
import { writeRecords } from './sqlite-records.js'

const INSERT_CLAIM = insertSql('claims', claimCodec)
const INSERT_REVOCATION = insertSql('revocations', revocationCodec)
const UPSERT_THREAD = insertSql(
  'threads',
  threadCodec,
  `(tenant, thread_id) DO UPDATE SET used_at = excluded.used_at, held = excluded.held, mac = excluded.mac
    WHERE used_at < excluded.used_at OR (used_at = excluded.used_at AND held <> excluded.held)`,
)
const LEDGER_COLUMNS = ledgerCodec.names.slice(1)
const INSERT_EVENT = `INSERT INTO ledger (${LEDGER_COLUMNS.join(', ')}) VALUES (${LEDGER_COLUMNS.map(() => '?').join(', ')}) RETURNING seq`

/** Within a write transaction. @throws RefusedCommit to undo it. */
export function writeCommit(db: SqliteConnection, change: ClaimCommit, now: number): void {
  if (change.deadline !== undefined && now >= change.deadline) throw new RefusedCommit()
  if (!isAsAssumed(db, change, now)) throw new RefusedCommit()
  for (const { row, expectedMac } of change.update ?? []) replaceClaim(db, row, expectedMac)
  for (const row of change.insert ?? []) {
    const { changes } = db.prepare(INSERT_CLAIM).run(...claimCodec.encode(row))
    if (Number(changes) !== 1) throw new RefusedCommit()
  }
  insertPairs(db, 'INSERT INTO places (claim_id, place) VALUES (?, ?) ON CONFLICT DO NOTHING', change.places)
  insertPairs(db, 'INSERT INTO runs (claim_id, run_id) VALUES (?, ?) ON CONFLICT DO NOTHING', change.runs)
  if (change.thread !== undefined) db.prepare(UPSERT_THREAD).run(...threadCodec.encode(change.thread))
  for (const row of change.addRevocations ?? []) db.prepare(INSERT_REVOCATION).run(...revocationCodec.encode(row))
  for (const { tenant, tag } of change.removeRevocations ?? []) {
    db.prepare('DELETE FROM revocations WHERE tenant = ? AND tag = ?').run(tenant, tag)
  }
  writeRecords(db, change.records)
  writeEvents(db, change.events ?? [])
}

/** Only what has changed is written: SQLite writes the indexes of every column that an UPDATE names. @throws RefusedCommit */
function replaceClaim(db: SqliteConnection, row: ClaimRow, expectedMac: Uint8Array): void {
  const stored = db.prepare('SELECT * FROM claims WHERE id = ? AND mac = ?').get(row.id, expectedMac)
  if (stored === undefined) throw new RefusedCommit()
  const cells = claimCodec.encode(row)
  const changed = claimCodec.names
    .map((name, index) => ({ name, cell: cells[index]! }))
    .filter(({ name, cell }) => !isSameCell(cell, stored[name]))
  if (changed.length === 0) return
  const columns = changed.map(({ name }) => `${name} = ?`).join(', ')
  db.prepare(`UPDATE claims SET ${columns} WHERE id = ?`).run(...changed.map(({ cell }) => cell), row.id)
}

function isSameCell(cell: Cell, stored: unknown): boolean {
  if (cell instanceof Uint8Array) return stored instanceof Uint8Array && sameBytes(cell, stored)
  return cell === stored
}

/** No commit runs beside this one, so that what is found holds until it ends. */
function isAsAssumed(db: SqliteConnection, { assuming, thread }: ClaimCommit, now: number): boolean {
  if (assuming === undefined) return true
  const revoked = db.prepare('SELECT 1 FROM revocations WHERE tenant = ? AND tag = ?')
  if (now < assuming.notBefore || assuming.unrevoked.some((tag) => revoked.get(assuming.tenant, tag))) return false
  if (thread === undefined) return true
  const held = db.prepare('SELECT held FROM threads WHERE tenant = ? AND thread_id = ?')
  const stored = held.get(thread.tenant, thread.threadId)
  return stored === undefined || (Number(stored.held) === 1) === thread.held
}

/** Within a write transaction. @throws InputError for a link that is stored already. */
export function writeEvents(db: SqliteConnection, records: readonly LedgerRecord[]): void {
  for (const record of records) {
    const seq = insertEvent(db, ledgerCodec.encode({ ...record, seq: 0 }).slice(1))
    if (record.claims.length === 0) continue
    const names = 'INSERT INTO ledger_claims (claim_id, seq) SELECT DISTINCT value, ? FROM json_each(?)'
    db.prepare(names).run(seq, JSON.stringify(record.claims))
  }
}

function insertEvent(db: SqliteConnection, cells: Cell[]): number {
  try {
    return Number(db.prepare(INSERT_EVENT).get(...cells)?.seq)
  } catch (error) {
    if (sqlitePrimaryCode(error) === 'CONSTRAINT') throw repeatedLink()
    throw error
  }
}

function insertPairs(db: SqliteConnection, sql: string, pairs: readonly (readonly [string, string])[] = []): void {
  for (const pair of pairs) {
    try {
      db.prepare(sql).run(...pair)
    } catch (error) {
      // The only constraint that is left is the reference to a claim, which is gone.
      if (sqlitePrimaryCode(error) === 'CONSTRAINT') throw new RefusedCommit()
      throw error
    }
  }
}
