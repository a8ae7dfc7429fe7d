import { SecretSafeError } from '../../errors.js'
import type { Check, Diagnosis, DoctorContext } from './check.js'
import { checkpoints } from './checks/checkpoints.js'
import { clock } from './checks/clock.js'
import { durability } from './checks/durability.js'
import { keyFile } from './checks/key-file.js'
import { keyProvider, keysInUse, vaultKey } from './checks/keys.js'
import { ledger } from './checks/ledger.js'
import { place } from './checks/place.js'
import { handoffs, restored } from './checks/restored.js'
import { schema, storeDurability } from './checks/store.js'
import { backlog, sweeper } from './checks/sweep.js'

/** In the order in which they are shown; what suspends handoffs comes before what says whether they are. */
const CHECKS: readonly Check[] = [
  keyFile,
  keyProvider,
  vaultKey,
  keysInUse,
  place,
  schema,
  storeDurability,
  clock,
  sweeper,
  backlog,
  ledger,
  restored,
  checkpoints,
  handoffs,
  durability,
]

/** Asks every check, one after the other: they share a store that may be small. */
export async function runDoctor(context: DoctorContext): Promise<readonly Diagnosis[]> {
  const found: Diagnosis[] = []
  for (const { id, run } of CHECKS) {
    const answers = await run(context).catch((error: unknown) => [failureOf(error)])
    found.push(...answers.map((answer) => ({ id, ...answer })))
  }
  return found
}

/** Our own messages are safe to show; a foreign one may quote what it was given. */
function failureOf(error: unknown): Omit<Diagnosis, 'id'> {
  if (error instanceof SecretSafeError) {
    return { level: 'fail', message: `${error.message} (${error.code})` }
  }
  const name = error instanceof Error && /^\w{1,64}$/.test(error.name) ? error.name : 'something'
  return { level: 'fail', message: `The check unexpectedly failed with ${name}.` }
}
