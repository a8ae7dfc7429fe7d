import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Journal } from '../../../src/audit/fix/journal.js'
import { openFixStore } from '../../../src/audit/fix/open-store.js'
import type { FixResult } from '../../../src/audit/fix/run-fix.js'
import { undoFix } from '../../../src/audit/fix/undo-fix.js'
import { ClaimVault, KeyRing, SecretSafeSaver } from '../../../src/index.js'
import { dumpSqlite, dumpSqliteFiles } from '../../../src/testing/leak/dump/sqlite.js'
import { findCanaries } from '../../../src/testing/leak/search.js'
import { SqliteClaimStore } from '../../../src/vault/stores/sqlite.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import type { CrashRun } from './crash-child.js'
import { reviewGraph, runToInterrupt, threadOf } from './graphs.js'
import { cellsOf, insertCheckpoint } from './rows.js'

const child = fileURLToPath(new URL('crash-child.ts', import.meta.url))
const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-fix-crash-'))
const original = path.join(directory, 'original.db')
const tokens = [anthropicKey(), anthropicKey()]
/** Known by its field alone, and repeated in rows that are replaced in other batches. */
const password = opaqueSecret()
const secrets = new Map([...tokens, password].map((secret, i) => [`secret ${i}`, secret]))

interface ChildEnd {
  readonly signal: string | null
  readonly output: string
}

function runChild(run: CrashRun): Promise<ChildEnd> {
  const env = { ...process.env, CRASH_RUN: JSON.stringify(run) }
  const running = spawn(process.execPath, ['--import', 'tsx', child], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  running.stdout.on('data', (chunk) => {
    output += chunk
  })
  return new Promise((resolve) => running.on('exit', (_code, signal) => resolve({ signal, output })))
}

function newRun(name: string): CrashRun {
  const at = (file: string) => path.join(directory, `${name}-${file}`)
  copyFileSync(original, at('store.db'))
  return { file: at('store.db'), vaultFile: at('vault.db'), journalFile: at('journal'), key: KeyRing.generate() }
}

const sightings = ({ file }: CrashRun) => {
  const files = dumpSqliteFiles(file)
  const { db } = SqliteSaver.fromConnString(file)
  const cells = dumpSqlite(db)
  db.close()
  return findCanaries([...files, ...cells], secrets)
}

beforeAll(async () => {
  const saver = SqliteSaver.fromConnString(original)
  for (const [i, token] of tokens.entries()) await runToInterrupt(saver, `thread-${i}`, token)
  saver.db.close()
  const say = (id: string, value: string) =>
    insertCheckpoint(original, {
      threadId: 'thread-0',
      id,
      checkpoint: Buffer.from(`{"channel_values":{"c":${value}}}`),
    })
  say('0-field', `{"password":"${password}"}`)
  for (let i = 0; i < 9; i++) say(`z-prose-${i}`, `"they said ${password} ${i} times"`)
  const { db } = SqliteSaver.fromConnString(original)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}, 60_000)
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('a fix that is killed', () => {
  const steps = ['vault.commit', 'journal.append', 'store.replace'].flatMap((call) =>
    ['before', 'after'].flatMap((when) => [1, 3].map((time) => ({ step: `${when} ${call}`, time }))),
  )
  const moments = [
    ...steps,
    { step: 'before store.clearResidue', time: 1 },
    { step: 'after store.clearResidue', time: 1 },
  ]

  it.each(moments)(
    'goes on where it was: $step, time $time',
    async (killAt) => {
      const run = newRun(`${killAt.step.replaceAll(/\W/g, '-')}-${killAt.time}`)
      const before = cellsOf(run.file)
      expect((await runChild({ ...run, killAt })).signal).toBe('SIGKILL')
      const { output } = await runChild(run)
      const { result } = JSON.parse(output) as { result: FixResult }
      expect(result.left).toEqual([])
      expect(sightings(run)).toEqual([])

      const vault = await ClaimVault.open({
        store: SqliteClaimStore.fromConnString(run.vaultFile),
        keys: new KeyRing(run.key),
        sweep: 'manual',
      })
      const inner = SqliteSaver.fromConnString(run.file)
      const saver = new SecretSafeSaver(inner, { vault, principal: { sub: 'reader' } })
      const { values } = await reviewGraph(saver, 'unused').getState(threadOf('thread-1'))
      expect(values.login.access_token).toBe(tokens[1])
      inner.db.close()

      const store = await openFixStore({ address: run.file, writable: true })
      const { vaultId } = vault.context().naming
      const journal = Journal.open(run.journalFile, {
        store: store.identity,
        vaultId,
        tenant: vault.tenant,
        work: 'fix',
      })
      const context = vault.context()
      await undoFix({ store, vault: context, tenant: vault.tenant, principal: { sub: 'operator' }, journal })
      journal.close()
      await store.close()
      await vault.close()
      expect(cellsOf(run.file)).toEqual(before)
    },
    240_000,
  )

  it('has a journal for every row that it replaced, so that no row is without a way back', async () => {
    const run = newRun('torn')
    await runChild({ ...run, killAt: { step: 'after journal.append', time: 1 } })
    expect(existsSync(run.journalFile)).toBe(true)
    expect(cellsOf(run.file)).toEqual(cellsOf(original))
  })
})
