import type { LedgerEntry, LedgerEvent } from './event.js'

/** The event that explains, for as long as the ledger lives, why the records up to a root are gone. */
export function pruneEvent(subject: Pick<LedgerEvent, 'tenant' | 'sub' | 'act'>, root: number): LedgerEvent {
  return { operation: 'prune', outcome: 'ok', reason: `through root ${root}`, ...subject, claims: [] }
}

/** @returns the number of the root up to which this event says that records were pruned. */
export function prunedThrough({ operation, outcome, reason }: LedgerEntry): number | undefined {
  if (operation !== 'prune' || outcome !== 'ok') return undefined
  const number = /^through root (\d{1,15})$/.exec(reason ?? '')?.[1]
  return number === undefined ? undefined : Number(number)
}
