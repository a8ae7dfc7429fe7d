// One racer: a process of its own with a vault of its own, told over IPC what to race for.
import { setTimeout as sleep } from 'node:timers/promises'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { PostgresClaimStore } from '../../src/postgres.js'
import { RedisClaimStore } from '../../src/redis.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import type { ClaimStore } from '../../src/vault/claim-store.js'
import type { Outcome, Place, Task } from './race-team.js'

let vault: ClaimVault | undefined

function storeOf({ kind, address, name }: Place): ClaimStore {
  if (kind === 'SQLite') return SqliteClaimStore.fromConnString(address)
  if (kind === 'Redis') return RedisClaimStore.fromConnString(address, { prefix: name })
  return PostgresClaimStore.fromConnString(address, { schema: name, maxConnections: 2 })
}

/** @returns a secret that it got, if any. */
async function run(task: Task): Promise<string | undefined> {
  if (task.action === 'open') {
    vault = await ClaimVault.open({ store: storeOf(task.place), keys: new KeyRing(task.key), sweep: 'manual' })
    return undefined
  }
  if (vault === undefined) throw new Error('no vault is open')
  const { url, threadId, sub, runId } = task
  const by = { principal: { sub }, threadId, ...(runId === undefined ? {} : { runId }) }
  await sleep(Math.max(0, task.startAt - Date.now()))
  if (task.action === 'claim') return String(await vault.claim(url, by))
  if (task.action === 'revoke') await vault.revoke({ claim: url }, by)
  if (task.action === 'replace') await vault.replace(url, task.value, by)
  return undefined
}

async function finish(): Promise<void> {
  await vault?.close()
  vault = undefined
}

process.on('message', async (task: Task | { readonly action: 'close' }) => {
  const outcome: Outcome = await (task.action === 'close' ? finish() : run(task)).then(
    (got) => ({ code: 'ok', ...(typeof got === 'string' ? { got } : {}) }),
    (error) => ({ code: String(error.code ?? error) }),
  )
  process.send?.(outcome)
})
process.send?.({ code: 'ready' } satisfies Outcome)
