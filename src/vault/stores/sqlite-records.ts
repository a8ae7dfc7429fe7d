import type { RecordChange } from '../access-record.js'
import { recordCodec } from './codecs.js'
import { RefusedCommit, type SqliteConnection } from './sqlite-connection.js'
import { insertSql } from './sqlite-dialect.js'

const INSERT = insertSql('access_records', recordCodec)
const KEY = 'tenant = ? AND kind = ? AND id = ?'
const UPDATE = `UPDATE access_records SET ${recordCodec.names.map((name) => `${name} = ?`).join(', ')} WHERE ${KEY} AND mac = ?`

/** Within a write transaction, after its claims. @throws RefusedCommit to undo it. */
export function writeRecords(db: SqliteConnection, changes: readonly RecordChange[] = []): void {
  for (const { record, expectedMac } of changes) {
    const { tenant, kind, id, claimId } = record
    const cells = recordCodec.encode(record)
    const { changes: written } =
      expectedMac === null
        ? db.prepare(INSERT).run(...cells)
        : db.prepare(UPDATE).run(...cells, tenant, kind, id, expectedMac)
    if (Number(written) !== 1) throw new RefusedCommit()
    // Not a foreign key: a record outlives its claim.
    const isThere = claimId === null || db.prepare('SELECT 1 FROM claims WHERE id = ?').get(claimId) !== undefined
    if (!isThere) throw new RefusedCommit()
  }
}

/** Within a write transaction. */
export function deleteRecords(db: SqliteConnection, tenant: string, threadId: string): void {
  // Without the inner statement, SQLite goes through every record of the tenant: see `recordFilterSql`.
  const doomed = 'SELECT tenant, kind, id FROM access_records WHERE tenant = ? AND thread_id = ?'
  db.prepare(`DELETE FROM access_records WHERE (tenant, kind, id) IN (${doomed})`).run(tenant, threadId)
}

/** Removes what expired at `through` or before, oldest first, `room` at most. Within a write transaction. */
export function sweepRecords(
  db: SqliteConnection,
  through: number,
  room: number,
): { readonly removed: number; readonly more: boolean } {
  const due = db
    .prepare('SELECT tenant, kind, id FROM access_records WHERE expires_at <= ? ORDER BY expires_at LIMIT ?')
    .all(through, room + 1)
  const gone = due.slice(0, room)
  for (const { tenant, kind, id } of gone) {
    db.prepare(`DELETE FROM access_records WHERE ${KEY}`).run(String(tenant), String(kind), String(id))
  }
  return { removed: gone.length, more: due.length > gone.length }
}
