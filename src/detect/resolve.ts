import { looksRandom } from './placeholder.js'
import type { Confidence, Hit } from './types.js'

const RANK: Readonly<Record<Confidence, number>> = { certain: 4, high: 3, medium: 2, low: 1 }
/** A hit inside a longer one wins when it leaves less than this: the rest is punctuation, not a second secret. */
const MIN_REST = 8

/** A hit on its way to the result. `specific` is true for a provider's own rule. */
export interface Candidate extends Hit {
  readonly specific: boolean
  /** True when nothing marks the end of the value, so that it may hold more than the secret. */
  readonly loose: boolean
}

/** Keeps the best of overlapping hits; the result is sorted and free of overlaps. */
export function resolveOverlaps(candidates: Candidate[]): Hit[] {
  if (candidates.length === 1) return [toHit(candidates[0]!)]
  candidates.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Hit[] = []
  let from = 0
  while (from < candidates.length) {
    let to = from + 1
    let reach = candidates[from]!.end
    while (to < candidates.length && candidates[to]!.start < reach) reach = Math.max(reach, candidates[to++]!.end)
    if (to === from + 1) kept.push(toHit(candidates[from]!))
    else kept.push(...resolveCluster(candidates.slice(from, to)))
    from = to
  }
  return kept
}

function resolveCluster(cluster: Candidate[]): Hit[] {
  const winners: Candidate[] = []
  const losers = cluster.sort(compare).filter((candidate) => !insertIfFree(winners, candidate))
  // What a winner only cuts into is a secret, too: its rest may not stay in the text.
  for (const loser of losers) {
    const rest = loser.loose ? undefined : restOf(loser, winners)
    if (rest !== undefined) insertIfFree(winners, rest)
  }
  return winners.map((winner) => withInner(winner, losers))
}

/** A password that is a JSON document holds a token, say; the token may stand elsewhere by itself. */
function withInner(winner: Candidate, losers: readonly Candidate[]): Hit {
  const within = losers
    .filter(({ start, end, secret }) => start >= winner.start && end <= winner.end && secret !== winner.secret)
    .map(({ secret }) => secret)
    .filter((secret) => looksRandom(secret))
  return within.length === 0 ? toHit(winner) : { ...toHit(winner), within: [...new Set(within)] }
}

function insertIfFree(winners: Candidate[], candidate: Candidate): boolean {
  const at = insertionPoint(winners, candidate.start)
  const free =
    (winners[at - 1]?.end ?? -1) <= candidate.start && (winners[at]?.start ?? Number.POSITIVE_INFINITY) >= candidate.end
  if (free) winners.splice(at, 0, candidate)
  return free
}

/** The part of a candidate beside the winner that reaches over one of its ends; undefined when none does. */
function restOf(loser: Candidate, winners: readonly Candidate[]): Candidate | undefined {
  const at = insertionPoint(winners, loser.start)
  const before = winners[at - 1]
  if (before !== undefined && before.end > loser.start && before.end < loser.end) {
    return { ...loser, start: before.end, encodings: [] }
  }
  const last = winners[insertionPoint(winners, loser.end) - 1]
  if (last !== undefined && last.start > loser.start && last.end > loser.end) {
    return { ...loser, end: last.start, encodings: [] }
  }
  return undefined
}

/** The hit that stands for a run which is replaced as a whole. */
export const pickBest = (candidates: Candidate[]): Candidate => candidates.sort(compare)[0]!

/** Best first. */
function compare(a: Candidate, b: Candidate): number {
  if (a.loose !== b.loose && a.specific !== b.specific) return a.specific ? -1 : 1
  const difference = a.end - a.start - (b.end - b.start)
  if (Math.abs(difference) >= MIN_REST) return -difference
  if (a.specific !== b.specific) return a.specific ? -1 : 1
  return (
    RANK[b.confidence] - RANK[a.confidence] ||
    -difference ||
    a.start - b.start ||
    a.encodings.length - b.encodings.length
  )
}

function insertionPoint(winners: readonly Candidate[], start: number): number {
  let low = 0
  let high = winners.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (winners[middle]!.start < start) low = middle + 1
    else high = middle
  }
  return low
}

function toHit({ rule, confidence, start, end, encodings, secret }: Candidate): Hit {
  return { rule, confidence, start, end, encodings, secret }
}
