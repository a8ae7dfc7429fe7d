import { CONFIRM_MS, makeThread, trustedUse } from './claim-row.js'
import type { Scope } from './naming-keys.js'
import { commit, load, type VaultContext } from './vault-context.js'

/** A hold is recorded as of that much later, so that a use which was read before it and is stored after it cannot undo it. */
const HOLD_LEAD_MS = 5_000

/** Records that a thread was used, so that claims which stand only in its history slide too. A thread without claims has no row. */
export async function touchThread(vault: VaultContext, { tenant, threadId }: Scope): Promise<void> {
  const { now, thread } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: [] })
  const use = trustedUse(vault.naming, thread)
  if (use === undefined || now - use.usedAt <= CONFIRM_MS) return
  await commit(vault, { thread: makeThread(vault.naming, { tenant, threadId, usedAt: now, held: use.held }) })
}

/** Records that an interrupt is pending in a thread, or is no more: while it is, claims live up to their cap. */
export async function holdThread(vault: VaultContext, { tenant, threadId }: Scope, held: boolean): Promise<void> {
  const { now, thread } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: [] })
  const use = trustedUse(vault.naming, thread)
  if (use === undefined || use.held === held) return
  const usedAt = Math.max(now, use.usedAt) + HOLD_LEAD_MS
  await commit(vault, { thread: makeThread(vault.naming, { tenant, threadId, usedAt, held }) })
}
