import { appendFileSync } from 'node:fs'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { ClaimVault, KeyRing, SecretSafeSaver } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { KillPoints } from './kill-points.js'
import { live } from './life.js'
import type { SurvivalRun } from './survival-run.js'

/** A process that lives through everything once, and is killed at one of its points. */
const run = JSON.parse(process.env.SURVIVAL_RUN ?? '{}') as SurvivalRun
const points = new KillPoints(run.killAt)
const SAVER_METHODS = new Set(['put', 'putWrites', 'getTuple', 'deleteThread'])
const store = points.around(
  'vault',
  SqliteClaimStore.fromConnString(run.vaultFile, { driver: 'better-sqlite3' }),
  () => true,
)
const inner = points.around('saver', SqliteSaver.fromConnString(run.file), (method) => SAVER_METHODS.has(method))
const open = (keys: KeyRing) => ClaimVault.open({ store, keys, sweep: 'manual' })
const vault = await open(new KeyRing(run.key))
const saver = new SecretSafeSaver(inner, { vault, principal: { sub: 'test' } })
const rotate = async () => {
  await (await open(new KeyRing(run.newKey, [run.key]))).rotateKeys()
}
const taken = (url: string) => appendFileSync(run.takenFile, `${url}\n`)
await live({ vault, saver, secrets: run.secrets, taken, rotate })
await vault.close()
points.write(run.pointsFile)
