import type { ClaimVault } from '../vault/claim-vault.js'
import type { ScrubContext } from '../vault/scrub/scrubber.js'
import { holdThread } from '../vault/touch.js'
import type { SaverCall } from './saver-call.js'

/** Channels by which LangGraph says that a run waits for a person, and that the person has answered. */
const INTERRUPT = '__interrupt__'
const RESUME = '__resume__'

/**
 * Keeps a thread's claims up to their cap while an interrupt is pending: a review may take longer than claims slide.
 * Costs a thread without claims nothing.
 * @throws VaultUnavailableError when the interrupt cannot be recorded; letting go may fail, the claims live longer then.
 */
export async function followInterrupts<Result>(
  call: SaverCall<Result>,
  { memory, scope }: ScrubContext,
  vault: ClaimVault,
): Promise<void> {
  if (!memory.hasClaims) return
  const { checkpoint_id: parentId, checkpoint_ns: namespace = '' } = call.config.configurable ?? {}
  if (isInterrupt(call)) {
    memory.mayBeHeld = true
    memory.interrupted.add(String(parentId))
    await memory.inTurn(() => holdThread(vault.context(), scope, true))
    return
  }
  // A subgraph goes on while one beside it waits; the graph itself does not. Under durability "exit", the checkpoint that
  // the interrupt belongs to may be put after it.
  const { checkpointId } = call
  const isNext = checkpointId !== undefined && namespace === '' && !memory.interrupted.has(checkpointId)
  if (!memory.mayBeHeld || !(isNext || call.channels.includes(RESUME))) return
  memory.mayBeHeld = false
  memory.interrupted.clear()
  memory
    .inTurn(() => holdThread(vault.context(), scope, false))
    .catch(() => {
      memory.mayBeHeld = true
    })
}

/** True when the call waits for the vault. */
export function isInterrupt<Result>({ channels }: SaverCall<Result>): boolean {
  return channels.includes(INTERRUPT)
}
