import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BaseCheckpointSaver, MemorySaver } from '@langchain/langgraph-checkpoint'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import pg from 'pg'
import { ClaimVault, createDetector, KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../src/index.js'
import { PostgresClaimStore } from '../../src/postgres.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import type { ClaimStore } from '../../src/vault/claim-store.js'
import startPostgres from '../services/global.js'
import type { Side } from './measure.js'

export interface OpenSaver {
  readonly saver: BaseCheckpointSaver
  close(): Promise<void>
}

/** Opens an empty saver. A wrapped one has a vault of the same kind, on its own file or schema. */
export interface Backend {
  readonly name: BackendName
  open(side: Side): Promise<OpenSaver>
  stop(): Promise<void>
}

export const BACKENDS = ['memory', 'sqlite', 'postgres'] as const
export type BackendName = (typeof BACKENDS)[number]

// Rules are compiled once for a process, so that no chat pays for it.
const detector = createDetector()

export async function startBackend(name: BackendName): Promise<Backend> {
  return { memory: async () => memory, sqlite: async () => sqlite, postgres }[name]()
}

const memory: Backend = {
  name: 'memory',
  open: (side) =>
    openSide(
      side,
      new MemorySaver(),
      () => new MemoryClaimStore(),
      async () => {},
    ),
  stop: async () => {},
}

const sqlite: Backend = {
  name: 'sqlite',
  open: async (side) => {
    const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-bench-'))
    const inner = SqliteSaver.fromConnString(path.join(directory, 'checkpoints.db'))
    return openSide(
      side,
      inner,
      () => SqliteClaimStore.fromConnString(path.join(directory, 'vault.db')),
      async () => {
        inner.db.close()
        rmSync(directory, { recursive: true, force: true })
      },
    )
  },
  stop: async () => {},
}

async function postgres(): Promise<Backend> {
  let url = ''
  const stop = await startPostgres({
    provide: (key: string, value: string) => {
      if (key === 'postgresUrl') url = value
    },
  })
  return {
    name: 'postgres',
    open: async (side) => {
      const schema = `bench_${randomUUID().slice(0, 8)}`
      const pool = new pg.Pool({ connectionString: url })
      // `end` resolves before its last sockets are closed; the server's end must not end the bench.
      pool.on('error', () => {})
      const inner = new PostgresSaver(pool, undefined, { schema })
      await inner.setup()
      return openSide(
        side,
        inner,
        () => PostgresClaimStore.fromConnString(url, { schema: `${schema}_vault` }),
        async () => {
          await pool.query(`drop schema if exists "${schema}" cascade`)
          await pool.query(`drop schema if exists "${schema}_vault" cascade`)
          await pool.end()
        },
      )
    },
    stop,
  }
}

async function openSide(
  side: Side,
  inner: BaseCheckpointSaver,
  openStore: () => ClaimStore,
  close: () => Promise<void>,
): Promise<OpenSaver> {
  if (side === 'bare') return { saver: inner, close }
  const vault = await ClaimVault.open({ store: openStore(), keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })
  return {
    saver: new SecretSafeSaver(inner, { vault, principal: { sub: 'bench' }, detector }) as BaseCheckpointSaver,
    close: async () => {
      await vault.close()
      await close()
    },
  }
}
