import type { LedgerEntry, LedgerQuery } from '../../ledger/event.js'

/** All of a query but `after` and `limit`. */
export function matches(entry: LedgerEntry, query: LedgerQuery): boolean {
  const { claim, since = 0, until = Number.POSITIVE_INFINITY } = query
  return (
    entry.at >= since &&
    entry.at < until &&
    (claim === undefined || entry.claims.includes(claim)) &&
    (['tenant', 'threadId', 'runId', 'sub', 'writer', 'operation'] as const).every(
      (key) => query[key] === undefined || entry[key] === query[key],
    )
  )
}
