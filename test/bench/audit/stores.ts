import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import Database from 'better-sqlite3'
import pg from 'pg'
import type { SourceSpec } from '../../../src/audit/sources/source.js'
import startPostgres from '../../services/global.js'
import { chatRows } from './chat-rows.js'

export interface BenchStore {
  readonly name: string
  readonly address: string
  readonly spec: SourceSpec
  remove(): Promise<void>
}

/** As SqliteSaver stores it: the whole state in each checkpoint. */
export async function sqliteStore(bytes: number): Promise<BenchStore> {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-bench-'))
  const file = path.join(directory, 'checkpoints.db')
  const db = new Database(file)
  for (const pragma of ['journal_mode = WAL', 'synchronous = OFF']) db.pragma(pragma)
  db.exec(`CREATE TABLE checkpoints (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
      parent_checkpoint_id TEXT, type TEXT, checkpoint BLOB, metadata BLOB, PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id));
    CREATE TABLE writes (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL, task_id TEXT NOT NULL,
      idx INTEGER NOT NULL, channel TEXT NOT NULL, type TEXT, value BLOB, PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx));`)
  const checkpoint = db.prepare("INSERT INTO checkpoints VALUES (?, '', ?, NULL, 'json', ?, ?)")
  const write = db.prepare("INSERT INTO writes VALUES (?, '', ?, 'task', 0, 'messages', 'json', ?)")
  db.exec('BEGIN')
  for (const row of chatRows(bytes)) {
    const { threadId, checkpointId, ts, version, messages, metadata } = row
    const state = `{"v":4,"id":"${checkpointId}","ts":"${ts}","channel_values":{"messages":${messages}},"channel_versions":{"messages":${version}},"versions_seen":{}}`
    checkpoint.run(threadId, checkpointId, Buffer.from(state), Buffer.from(metadata))
    write.run(threadId, checkpointId, Buffer.from(row.write))
  }
  db.exec('COMMIT')
  db.close()
  const remove = async () => rmSync(directory, { recursive: true, force: true })
  return { name: 'sqlite', address: file, spec: { type: 'sqlite', file }, remove }
}

/** As PostgresSaver stores it: a channel's value once for each of its versions. */
export async function postgresStore(bytes: number): Promise<BenchStore> {
  let address = ''
  const stop = await startPostgres({
    provide: (key: string, value: string) => {
      if (key === 'postgresUrl') address = value
    },
  } as Parameters<typeof startPostgres>[0])
  const pool = new pg.Pool({ connectionString: address, max: 1 })
  await new PostgresSaver(pool).setup()
  await pool.query('SET synchronous_commit = off')
  for (const { threadId, checkpointId, ts, version, messages, metadata, write } of chatRows(bytes)) {
    const checkpoint = { v: 4, id: checkpointId, ts, channel_versions: { messages: version }, versions_seen: {} }
    await pool.query(
      `WITH blob AS (INSERT INTO checkpoint_blobs VALUES ($1, '', 'messages', $2, 'json', $3)),
        pending AS (INSERT INTO checkpoint_writes VALUES ($1, '', $4, 'task', 0, 'messages', 'json', $5))
       INSERT INTO checkpoints VALUES ($1, '', $4, NULL, NULL, $6, $7)`,
      [threadId, String(version), Buffer.from(messages), checkpointId, Buffer.from(write), checkpoint, metadata],
    )
  }
  await pool.end()
  return { name: 'postgres', address, spec: { type: 'postgres', address, schema: 'public' }, remove: stop }
}
