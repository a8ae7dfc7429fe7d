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
points.arm()
const vault = await ClaimVault.open({ store, keys: new KeyRing(run.key, run.oldKeys), sweep: 'manual' })
const saver = new SecretSafeSaver(inner, { vault, principal: { sub: 'test' } })
await live({ vault, saver, secrets: run.secrets, taken: (url) => appendFileSync(run.takenFile, `${url}\n`) })
await vault.close()
points.write(run.pointsFile)
