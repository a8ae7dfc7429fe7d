import { processUser } from '../access/process-user.js'

/** Who a command acts as, for the ledger: the operating system's user on this host. */
export function operatorName(): string {
  return `operator:${processUser()}`
}
