import { CONFIRM_MS, makeThread, trustedUse } from './claim-row.js'
import type { Scope } from './naming-keys.js'
import { commit, load, type VaultContext } from './vault-context.js'

/** Records that a thread was used, so that claims which stand only in its history slide too. A thread without claims has no row. */
export async function touchThread(vault: VaultContext, { tenant, threadId }: Scope): Promise<void> {
  const { now, thread } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: [] })
  const use = trustedUse(vault.naming, thread)
  if (use === undefined || now - use.usedAt <= CONFIRM_MS) return
  await commit(vault, { thread: makeThread(vault.naming, { tenant, threadId, usedAt: now, held: use.held }) })
}
