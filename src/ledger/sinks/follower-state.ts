import type { LedgerEntry } from '../event.js'
import type { LedgerStore } from '../ledger-store.js'

/** Two writers may commit out of the order of their numbers: what was passed over is looked for this long. */
const LOOK_BACK_MS = 60_000
const MAX_GAPS = 200
const MAX_GAP = 1_000

/** Numbers that were passed over, and when, ms by the store's clock. */
type Gap = readonly [first: number, last: number, since: number]

export interface FollowerState {
  /** The last number that was delivered. */
  readonly after: number
  readonly gaps: readonly Gap[]
}

const NO_STATE: FollowerState = { after: 0, gaps: [] }

export function parseState(note: string | undefined): FollowerState {
  return note === undefined ? NO_STATE : (JSON.parse(note) as FollowerState)
}

/** What stands by now at numbers that were passed over. */
export async function late(
  store: Pick<LedgerStore, 'readEvents'>,
  { gaps }: FollowerState,
): Promise<readonly LedgerEntry[]> {
  const found: LedgerEntry[] = []
  for (const [first, last] of gaps) {
    const entries = await store.readEvents({ after: first - 1, limit: last - first + 1 })
    found.push(...entries.filter(({ seq }) => seq <= last))
  }
  return found
}

/** @param page what follows `after`. @param delivered the page, and what came late. */
export function nextState(
  state: FollowerState,
  page: readonly LedgerEntry[],
  delivered: readonly LedgerEntry[],
  now: number,
): FollowerState {
  const seen = new Set(delivered.map(({ seq }) => seq))
  const gaps = state.gaps.flatMap((gap) => without(gap, seen))
  let { after } = state
  for (const { seq, at } of page) {
    // A gap of many numbers is no transaction that is late, but what a prune took.
    if (seq > after + 1 && seq - after <= MAX_GAP) gaps.push([after + 1, seq - 1, at])
    after = seq
  }
  return { after, gaps: gaps.filter(([, , since]) => now - since < LOOK_BACK_MS).slice(-MAX_GAPS) }
}

function without([first, last, since]: Gap, seen: ReadonlySet<number>): Gap[] {
  const rest: Gap[] = []
  for (let from = first; from <= last; from++) {
    if (seen.has(from)) continue
    let to = from
    while (to < last && !seen.has(to + 1)) to++
    rest.push([from, to, since])
    from = to
  }
  return rest
}
