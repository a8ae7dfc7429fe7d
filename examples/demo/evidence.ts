import type { CheckpointTuple } from '@langchain/langgraph-checkpoint'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import Database from 'better-sqlite3'
import { ClaimVault, KeyRing, type LedgerEntry, SecretSafeSaver } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { dumpSqliteFiles } from '../../src/testing/leak/dump/sqlite.js'
import { findCanaries } from '../../src/testing/leak/search.js'
import type { Run } from './run.js'

/** What a copy of the disk holds. */
export interface StoreEvidence {
  readonly files: readonly string[]
  readonly bytes: number
  readonly rows: number
  readonly rowsWithToken: number
  readonly rowsWithUrl: number
  /** How often the token stands in the bytes as it is. */
  readonly occurrences: number
  /** Encodings in which the token, or half of it, was found. */
  readonly encodings: readonly string[]
  /** The row that the token service's answer was stored in. */
  readonly row: string
}

export function examineStore({ file, token }: Run): StoreEvidence {
  const stored = dumpSqliteFiles(file)
  const db = new Database(file, { readonly: true })
  const rows = ['checkpoints', 'writes'].flatMap((table) =>
    db
      .prepare<[], Record<string, unknown>>(`select * from ${table}`)
      .all()
      .map((row) => Object.values(row).map(textOf).join(' ')),
  )
  db.close()
  const sightings = findCanaries(stored, new Map([['token', token]]))
  return {
    files: stored.map(({ place }) => place.replace('file ', '')),
    bytes: stored.reduce((sum, { bytes }) => sum + bytes.length, 0),
    rows: rows.length,
    rowsWithToken: rows.filter((row) => row.includes(token)).length,
    rowsWithUrl: rows.filter((row) => row.includes('claim://')).length,
    occurrences: stored.reduce((sum, { bytes }) => sum + count(bytes, token), 0),
    encodings: [...new Set(sightings.map(({ encoding }) => encoding))],
    row: rows.find((row) => row.includes('access_token')) ?? '',
  }
}

/** True when a file of the vault holds the token in any encoding. */
export function vaultHolds(file: string, token: string): boolean {
  return findCanaries(dumpSqliteFiles(file), new Map([['token', token]])).length > 0
}

export interface ReaderEvidence {
  /** The tool's answer as this reader sees it. */
  readonly sees: string
  readonly everything: string
}

/** Reads the thread as nobody, and as a user of another tenant; then asks the ledger what has happened. */
export async function examineAccess(
  { file, threadId }: Run,
  vaultFile: string,
  key: string,
): Promise<{
  readonly nobody: ReaderEvidence
  readonly stranger: ReaderEvidence
  readonly ledger: readonly LedgerEntry[]
}> {
  const vault = await ClaimVault.open({
    store: SqliteClaimStore.fromConnString(vaultFile),
    keys: new KeyRing(key),
    sweep: 'manual',
  })
  const inner = SqliteSaver.fromConnString(file)
  const config = { configurable: { thread_id: threadId } }
  const readAs = async (principal: { sub: string; tenant: string } | null) =>
    asEvidence(await new SecretSafeSaver(inner, { vault, principal }).getTuple(config))
  const nobody = await readAs(null)
  const stranger = await readAs({ sub: 'mallory@elsewhere.example', tenant: 'elsewhere' })
  const ledger = await vault.ledger()
  inner.db.close()
  await vault.close()
  return { nobody, stranger, ledger }
}

/** The bare saver asks nobody who they are. */
export async function readBare({ file, threadId }: Run): Promise<ReaderEvidence> {
  const saver = SqliteSaver.fromConnString(file)
  const tuple = await saver.getTuple({ configurable: { thread_id: threadId } })
  saver.db.close()
  return asEvidence(tuple)
}

function asEvidence(tuple: CheckpointTuple | undefined): ReaderEvidence {
  const everything = JSON.stringify(tuple) ?? ''
  const messages = (tuple?.checkpoint.channel_values.messages ?? []) as { content: unknown }[]
  const answer = messages.map(({ content }) => String(content)).find((content) => content.includes('access_token'))
  return { sees: answer ?? '', everything }
}

/** Keeps a store's write-ahead log on disk, as it is while a server runs, so that it is searched too. */
export function holdOpen(file: string): () => void {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.prepare('select * from sqlite_master').all()
  return () => db.close()
}

function textOf(cell: unknown): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString() : String(cell)
}

function count(bytes: Uint8Array, text: string): number {
  const buffer = Buffer.from(bytes)
  let found = 0
  for (let at = buffer.indexOf(text); at >= 0; at = buffer.indexOf(text, at + 1)) found++
  return found
}
