import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { claimRow, load, put } from '../../../src/testing/claim-store/harness.js'
import type { ClaimId } from '../../../src/vault/claim-store.js'
import { temporaryVaults } from './temporary-vaults.js'

const CHILD = fileURLToPath(new URL('./sqlite-child.ts', import.meta.url))
const vaults = temporaryVaults()
afterEach(() => vaults.dispose())

function start(job: string, file: string, argument = '', startAt = 0): ChildProcess {
  const env = { ...process.env, START_AT: String(startAt), NODE_NO_WARNINGS: '1' }
  return spawn(process.execPath, ['--import', 'tsx', CHILD, job, file, argument], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** @throws Error with what the process printed unless it ended well. */
async function output(child: ChildProcess): Promise<string> {
  let text = ''
  let errors = ''
  child.stdout?.on('data', (chunk) => {
    text += chunk
  })
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`child ended with ${code}: ${errors}`)
  return text
}

it('lets processes that start at the same moment make one vault, whoever comes first', async () => {
  const file = vaults.file()
  const startAt = Date.now() + 2_500
  await Promise.all(Array.from({ length: 6 }, () => output(start('setup', file, '', startAt))))
  const db = new Database(file)
  expect(db.prepare('SELECT count(*) AS n, max(version) AS version FROM schema_version').get()).toEqual({
    n: 1,
    version: 3,
  })
  db.close()
})

it('lets exactly as many claims win as allowed when processes race', async () => {
  const file = vaults.file()
  const store = SqliteClaimStore.fromConnString(file)
  await store.setup()
  const row = claimRow({ mode: 'handoff', maxClaims: 50 })
  await put(store, { insert: [row] })
  const startAt = Date.now() + 2_500
  const racers = Array.from({ length: 4 }, () => output(start('claim', file, row.id, startAt)))
  const won = (await Promise.all(racers)).map(Number)
  expect(won.reduce((sum, count) => sum + count, 0)).toBe(50)
  expect((await load(store, [row.id])).claims[0]?.claimed).toBe(50)
  await store.close()
})

it('keeps every acknowledged commit, and each as a whole, when its process is killed in the middle', async () => {
  const file = vaults.file()
  let acknowledged: string[] = []
  for (let round = 0; round < 5; round++) {
    const child = start('mint', file)
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += chunk
    })
    await once(child.stdout!, 'data')
    await new Promise((resolve) => setTimeout(resolve, 20 + round * 37))
    child.kill('SIGKILL')
    await once(child, 'close')
    acknowledged = [...acknowledged, ...text.slice(0, text.lastIndexOf('\n')).split('\n')]
    const store = SqliteClaimStore.fromConnString(file)
    await store.setup()
    for (const line of acknowledged) {
      const ids = line.split(' ') as ClaimId[]
      const { claims, places } = await load(store, ids, ['a'])
      expect([claims.length, places.length]).toEqual([2, 2])
      expect(await store.readEvents({ claim: ids[0]! })).toMatchObject([{ claims: ids }])
    }
    await store.close()
  }
  expect(acknowledged.length).toBeGreaterThan(5)
  const db = new Database(file)
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(db.pragma('foreign_key_check')).toEqual([])
  const whole = db.prepare(`SELECT (SELECT count(*) FROM claims) AS claims, (SELECT count(*) FROM places) AS places,
    (SELECT count(*) FROM runs) AS runs, (SELECT 2 * count(*) FROM ledger) AS named, (SELECT count(*) FROM ledger_claims) AS listed`)
  const counts = Object.values(whole.get() as Record<string, number>)
  expect(new Set(counts).size).toBe(1)
  db.close()
})
