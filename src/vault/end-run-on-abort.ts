import { setTimeout as delay } from 'node:timers/promises'
import { checkPrincipal, type Principal } from '../access/principal.js'
import { SecretSafeError } from '../errors.js'
import type { ClaimVault } from './claim-vault.js'

const TRIES = 5
const PAUSE_MS = 200

export interface EndRunOptions {
  /** As in the run's `config.metadata.run_id` or `config.configurable.run_id`. */
  readonly runId: string
  readonly signal: AbortSignal
  readonly principal: Principal
}

/**
 * Ends a run's claims when its signal fires: its handoffs and leases, and those `resume` claims that no other run uses.
 * @returns a function for the `finally` of the run: it stops listening, and after an abort ends what the run minted on
 * its way out. It answers how many claims were ended, and throws what `revoke` threw.
 */
export function endRunOnAbort(vault: ClaimVault, { runId, signal, principal }: EndRunOptions): () => Promise<number> {
  const by = { principal: checkPrincipal(principal) }
  let ending: Promise<number> | undefined
  const end = () => {
    ending = revokeRun(vault, runId, by)
    // Whoever calls the returned function hears of a failure.
    ending.catch(() => undefined)
  }
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  return async () => {
    signal.removeEventListener('abort', end)
    if (ending === undefined) return 0
    return (await ending) + (await revokeRun(vault, runId, by))
  }
}

async function revokeRun(vault: ClaimVault, runId: string, by: { readonly principal: Principal }): Promise<number> {
  for (let tried = 1; ; tried++) {
    try {
      return await vault.revoke({ runId }, by)
    } catch (error) {
      if (!(error instanceof SecretSafeError) || !error.retryable || tried === TRIES) throw error
      await delay(PAUSE_MS * tried, undefined, { ref: false })
    }
  }
}
