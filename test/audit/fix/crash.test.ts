import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EjectResult } from '../../../src/audit/eject/run-eject.js'
import { Journal } from '../../../src/audit/fix/journal.js'
import { openFixStore } from '../../../src/audit/fix/open-store.js'
import type { FixResult } from '../../../src/audit/fix/run-fix.js'
import { type UndoResult, undoFix } from '../../../src/audit/fix/undo-fix.js'
import { ClaimVault, KeyRing, SecretSafeSaver } from '../../../src/index.js'
import { dumpSqlite, dumpSqliteFiles } from '../../../src/testing/leak/dump/sqlite.js'
import { findCanaries } from '../../../src/testing/leak/search.js'
import { SqliteClaimStore } from '../../../src/vault/stores/sqlite.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import type { CrashRun, Work } from './crash-child.js'
import { reviewGraph, runToInterrupt, threadOf } from './graphs.js'
import { cellsOf, insertCheckpoint } from './rows.js'

const child = fileURLToPath(new URL('crash-child.ts', import.meta.url))
const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-fix-crash-'))
const original = path.join(directory, 'original.db')
const tokens = [anthropicKey(), anthropicKey()]
/** Known by its field alone, and repeated in rows that are replaced in other batches. */
const password = opaqueSecret()
const secrets = new Map([...tokens, password].map((secret, i) => [`secret ${i}`, secret]))

const TTL_MS = 86_400_000

type Moment = NonNullable<CrashRun['killAt']>

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
  const files = { file: at('store.db'), vaultFile: at('vault.db'), journalFile: at('journal') }
  return { ...files, key: KeyRing.generate(), works: ['fix'], ttlMs: TTL_MS }
}

const openVault = ({ vaultFile, key }: CrashRun) =>
  ClaimVault.open({ store: SqliteClaimStore.fromConnString(vaultFile), keys: new KeyRing(key), sweep: 'manual' })

/** Does `before` and then `work`, which is killed, and `work` again, to its end. */
async function killedAndRunAgain<Result>(before: readonly Work[], work: Work, killAt: Moment) {
  const run = newRun(`${work}-${killAt.step.replaceAll(/\W/g, '-')}-${killAt.time}`)
  expect((await runChild({ ...run, works: [...before, work], killAt })).signal).toBe('SIGKILL')
  const { output, signal } = await runChild({ ...run, works: [work] })
  expect(signal).toBeNull()
  const { results } = JSON.parse(output) as { results: Record<Work, Result> }
  return { run, result: results[work] }
}

const around = (...calls: readonly string[]): string[] => calls.flatMap((call) => [`before ${call}`, `after ${call}`])
const atEach = (steps: readonly string[], times: readonly number[]): Moment[] =>
  steps.flatMap((step) => times.map((time) => ({ step, time })))

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
  const moments = [
    ...atEach(around('vault.commit', 'journal.append', 'store.replace'), [1, 3]),
    ...atEach(around('store.clearResidue'), [1]),
  ]

  it.each(moments)(
    'goes on where it was: $step, time $time',
    async (killAt) => {
      const before = cellsOf(original)
      const { run, result } = await killedAndRunAgain<FixResult>([], 'fix', killAt)
      expect(result.left).toEqual([])
      expect(sightings(run)).toEqual([])

      const vault = await openVault(run)
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

describe('an undo that is killed', () => {
  it.each([...atEach(around('vault.commit'), [2]), ...atEach(around('store.replace'), [1, 2])])(
    'puts back the rest when it is called again: $step, time $time',
    async (killAt) => {
      const { run, result } = await killedAndRunAgain<UndoResult>(['fix'], 'undo', killAt)
      expect(result).toMatchObject({ changed: 0, lost: 0 })
      expect(cellsOf(run.file)).toEqual(cellsOf(original))
    },
    240_000,
  )
})

describe('a commit that is killed', () => {
  it.each(atEach(around('vault.commit'), [1, 2]))(
    'gives every claim its lifetime when it is called again: $step, time $time',
    async (killAt) => {
      const { run } = await killedAndRunAgain<number>(['fix'], 'commit', killAt)
      expect(sightings(run)).toEqual([])
      const vault = await openVault(run)
      for (const threadId of ['thread-0', 'thread-1']) {
        const rows = await vault.context().store.find({ tenant: vault.tenant, threadId, limit: 1_000 })
        expect(rows.length).toBeGreaterThan(0)
        expect(rows.every(({ ttlMs, capAt }) => ttlMs === TTL_MS && capAt !== null)).toBe(true)
      }
      await vault.close()
    },
    240_000,
  )
})

describe('a redaction that is killed', () => {
  const moments = [...atEach(around('store.replace'), [1, 2]), ...atEach(around('store.clearResidue'), [1])]

  it.each(moments)(
    'leaves no thread half redacted, and takes out the rest when it is called again: $step, time $time',
    async (killAt) => {
      const { run, result } = await killedAndRunAgain<FixResult>([], 'redact', killAt)
      expect(result.left).toEqual([])
      expect(sightings(run)).toEqual([])
    },
    240_000,
  )
})

describe('an eject that is killed', () => {
  const moments = [
    ...atEach(around('vault.commit'), [2]),
    ...atEach(around('journal.append'), [1]),
    ...atEach(around('store.replace'), [1, 2]),
  ]

  it.each(moments)(
    'takes out the rest when it is called again, and unescapes no text twice: $step, time $time',
    async (killAt) => {
      const { run, result } = await killedAndRunAgain<EjectResult>(['fix', 'say'], 'eject', killAt)
      expect(result).toMatchObject({ left: {}, changing: 0 })
      const { literal, ...cells } = apart(cellsOf(run.file))
      expect(cells).toEqual(apart(cellsOf(original)))
      // What looks like a claim URL is text again, and stays so.
      expect(literal).toContain(Buffer.from('see claim://').toString('hex').toUpperCase())
      await runChild({ ...run, works: ['eject'] })
      expect(apart(cellsOf(run.file)).literal).toBe(literal)
    },
    240_000,
  )
})

/** Cells, and that of the literal text by itself. */
function apart(all: Record<string, string>): Record<string, string> {
  const isLiteral = (name: string) => name.startsWith('checkpoints literal ')
  const rest = Object.entries(all).filter(([name]) => !isLiteral(name))
  const literal = Object.entries(all).find(([name]) => isLiteral(name) && name.endsWith(' checkpoint'))
  return { ...Object.fromEntries(rest), ...(literal && { literal: literal[1] }) }
}
