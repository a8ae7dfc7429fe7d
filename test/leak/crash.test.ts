import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { createCanary } from '../../src/testing/leak/canary.js'
import { dumpSqlite, dumpSqliteFiles } from '../../src/testing/leak/dump/sqlite.js'
import { findCanaries } from '../../src/testing/leak/search.js'
import type { StoredBytes } from '../../src/testing/leak/stored-bytes.js'
import { SqliteClaimStore } from '../../src/vault/stores/sqlite.js'
import { wrapSaver } from '../support/wrapped-saver.js'
import { crashGraph, noteOf } from './crash-graph.js'

const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-crash-'))
const child = fileURLToPath(new URL('crash-child.ts', import.meta.url))
const config = { configurable: { thread_id: 'thread-1' } }

interface CrashRun {
  readonly file: string
  readonly vaultFile?: string
  readonly key: string
  readonly durability: 'sync' | 'async'
  readonly secrets: readonly string[]
}

function crashRun(name: string, durability: 'sync' | 'async', wrapped: boolean): CrashRun {
  const secrets = Array.from({ length: 25 }, () => createCanary('token'))
  const file = path.join(directory, `${name}.db`)
  const key = randomBytes(32).toString('base64')
  return { file, key, durability, secrets, ...(wrapped ? { vaultFile: path.join(directory, `${name}-vault.db`) } : {}) }
}

/** Kills the child some time after it has said that it is running; resolves to all that it printed. */
async function runAndKill(run: CrashRun, afterMs: number): Promise<string> {
  const env = { ...process.env, CRASH_RUN: JSON.stringify(run) }
  const running = spawn(process.execPath, ['--import', 'tsx', child], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  running.stderr.on('data', (chunk) => {
    printed += chunk
  })
  running.stdout.on('data', (chunk) => {
    if (printed.length === 0) setTimeout(() => running.kill('SIGKILL'), afterMs)
    printed += chunk
  })
  const signal = await new Promise((resolve) => running.on('exit', (_code, name) => resolve(name)))
  if (signal !== 'SIGKILL') throw new Error(`The child ended by itself: ${printed.slice(0, 2000)}`)
  return printed
}

/** The raw files first: opening the database would fold its log into it. */
function dump({ file, vaultFile }: CrashRun): StoredBytes[] {
  const files = [...dumpSqliteFiles(file), ...(vaultFile ? dumpSqliteFiles(vaultFile, 'vault') : [])]
  const saver = SqliteSaver.fromConnString(file)
  const cells = dumpSqlite(saver.db)
  saver.db.close()
  return [...files, ...cells]
}

function sightings(run: CrashRun, printed: string) {
  const log: StoredBytes = { area: 'log', place: 'output of the child', bytes: Buffer.from(printed) }
  return findCanaries([...dump(run), log], new Map(run.secrets.map((secret, i) => [`secret ${i}`, secret])))
}

function expectGenuine(values: { step?: number; notes?: string[] }, secrets: readonly string[]): void {
  const { step = 0, notes = [] } = values
  expect(step).toBeGreaterThan(0)
  expect(notes).toEqual(
    notes.map((_, i) => {
      const at = step - notes.length + i
      return noteOf(at, secrets[at % secrets.length] ?? '')
    }),
  )
}

afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('a process killed in the middle of a run', () => {
  it('leaves the secrets in the files of a bare saver', async () => {
    const run = crashRun('bare', 'async', false)
    const found = sightings(run, await runAndKill(run, 60))
    expect(new Set(found.map(({ area }) => area))).toEqual(new Set(['checkpoint', 'write', 'file']))
  })

  const moments = Array.from(
    { length: 4 },
    (_, i) => [i % 2 === 0 ? 'sync' : 'async', Math.round(Math.random() * 40 * (i + 1))] as const,
  )
  it.each(moments)(
    'leaves none in any file, and loses none that the thread holds: durability %s, %d ms',
    async (durability, ms) => {
      const run = crashRun(`wrapped-${durability}-${ms}`, durability, true)
      const printed = await runAndKill(run, ms)
      expect(sightings(run, printed)).toEqual([])

      // Claims are stored before the checkpoints that refer to them: another process restores every one.
      const inner = SqliteSaver.fromConnString(run.file)
      const { vaultFile = '', key } = run
      const { saver, close } = await wrapSaver(inner, { store: SqliteClaimStore.fromConnString(vaultFile), key })
      const state = await crashGraph(saver, run.secrets).getState(config)
      expectGenuine(state.values, run.secrets)
      await close()
      inner.db.close()
    },
  )
})
