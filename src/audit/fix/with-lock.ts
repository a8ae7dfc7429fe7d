import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputError } from '../../errors.js'
import type { ClaimStore } from '../../vault/claim-store.js'

const TTL_MS = 10_000
const RENEW_MS = 2_500
/** What a killed process held ends within this time. */
const MAX_WAIT_MS = 12_000

/** One fix, undo or eject of a store at a time. @throws InputError while another one works on it. */
export async function withStoreLock<Result>(
  vault: ClaimStore,
  identity: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const name = `store ${createHash('sha256').update(identity).digest('base64url').slice(0, 32)}`
  const lock = { name, holder: randomUUID(), ttlMs: TTL_MS }
  for (let waited = 0; !(await vault.acquireLock(lock)); waited += RENEW_MS) {
    if (waited >= MAX_WAIT_MS)
      throw new InputError('Another fix or eject works on this store. Wait until it has ended.')
    await sleep(RENEW_MS)
  }
  // A renewal that fails leaves the lock to its end: rows are compared before they are replaced in any case.
  const renewal = setInterval(() => void vault.acquireLock(lock).catch(() => undefined), RENEW_MS)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    await vault.releaseLock(lock.name, lock.holder)
  }
}
