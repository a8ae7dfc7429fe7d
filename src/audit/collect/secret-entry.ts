import type { Hit } from '../../detect/types.js'
import type { Place } from '../report.js'
import { Distinct, type DistinctState } from './distinct.js'
import { hash53 } from './hash53.js'

/** One sight of a secret; every text in it may be shown. */
export interface Sighting {
  readonly id: string
  readonly rule: RuleSight
  readonly length: number
  readonly place: Omit<Place, 'copies'>
}

export interface RuleSight extends Pick<Hit['rule'], 'kind' | 'severity' | 'action'> {
  readonly ruleId: string
  readonly confidence: Hit['confidence']
  /** With which every secret of the rule begins. */
  readonly prefix: string
}

export interface PlaceEntry {
  readonly place: Omit<Place, 'copies'>
  readonly copies: number
}

export interface EntryState {
  readonly id: string
  readonly rule: RuleSight
  readonly length: number
  readonly copies: number
  readonly firstSeen: number | null
  readonly lastSeen: number | null
  readonly threads: DistinctState
  readonly checkpoints: DistinctState
  readonly placeCount: DistinctState
  readonly places: readonly (readonly [key: string, entry: PlaceEntry])[]
}

export const MAX_PLACES = 100
const CONFIDENCE = { certain: 3, high: 2, medium: 1, low: 0 } as const
const SEVERITY = { critical: 3, high: 2, medium: 1, low: 0 } as const

/** What is known of one secret. Entries of parts of a store add up to the entry of the whole, in any order. */
export class SecretEntry {
  copies = 0
  firstSeen: number | null = null
  lastSeen: number | null = null
  readonly threads = new Distinct()
  readonly checkpoints = new Distinct()
  readonly #placeCount = new Distinct()
  readonly #places = new Map<string, PlaceEntry>()
  /** The greatest key among the places, once there are as many as are kept. */
  #lastKey: string | undefined

  constructor(
    readonly id: string,
    public rule: RuleSight,
    readonly length: number,
  ) {}

  add({ rule, place }: Sighting): void {
    this.rule = better(this.rule, rule)
    this.copies++
    this.see(place.threadId, place.namespace, place.checkpointId, place.at)
    this.#keep(placeKey(place), { place, copies: 1 })
  }

  /** One more checkpoint that holds it, at a place that is counted already. */
  see(
    threadId: string | undefined,
    namespace: string | undefined,
    checkpointId: string | undefined,
    at: number | undefined,
  ): void {
    if (threadId !== undefined) this.threads.add(hash53(threadId))
    if (checkpointId !== undefined) this.checkpoints.add(hash53(`${threadId}\n${namespace}\n${checkpointId}`))
    if (at === undefined) return
    this.firstSeen = this.firstSeen === null ? at : Math.min(this.firstSeen, at)
    this.lastSeen = this.lastSeen === null ? at : Math.max(this.lastSeen, at)
  }

  merge(state: EntryState): void {
    this.rule = better(this.rule, state.rule)
    this.copies += state.copies
    for (const at of [state.firstSeen, state.lastSeen]) this.see(undefined, undefined, undefined, at ?? undefined)
    this.threads.merge(Distinct.of(state.threads))
    this.checkpoints.merge(Distinct.of(state.checkpoints))
    this.#placeCount.merge(Distinct.of(state.placeCount))
    for (const [key, entry] of state.places) this.#keep(key, entry)
  }

  get places(): readonly PlaceEntry[] {
    return [...this.#places.values()]
  }

  get placesOmitted(): number {
    return Math.max(0, this.#placeCount.count - this.#places.size)
  }

  get isEstimate(): boolean {
    return this.threads.isEstimate || this.checkpoints.isEstimate || this.#placeCount.isEstimate
  }

  state(): EntryState {
    return {
      id: this.id,
      rule: this.rule,
      length: this.length,
      copies: this.copies,
      firstSeen: this.firstSeen,
      lastSeen: this.lastSeen,
      threads: this.threads.state(),
      checkpoints: this.checkpoints.state(),
      placeCount: this.#placeCount.state(),
      places: [...this.#places],
    }
  }

  /** Those with the least keys, so that it does not matter which came first. */
  #keep(key: string, entry: PlaceEntry): void {
    this.#placeCount.add(hash53(key))
    const known = this.#places.get(key)
    if (known !== undefined) {
      this.#places.set(key, { place: earlier(known.place, entry.place), copies: known.copies + entry.copies })
      return
    }
    if (this.#places.size < MAX_PLACES) {
      this.#places.set(key, entry)
      return
    }
    this.#lastKey ??= [...this.#places.keys()].reduce((a, b) => (a > b ? a : b))
    if (key > this.#lastKey) return
    this.#places.delete(this.#lastKey)
    this.#lastKey = undefined
    this.#places.set(key, entry)
  }
}

/** Rows that hold the same value at the same path are one place: not its checkpoint, nor its task, nor its line in a dump. */
function placeKey(place: Omit<Place, 'copies'>): string {
  const { source, threadId, namespace, kind, table, column, channel, path, message, file, start, end, inKey } = place
  const line = threadId === undefined ? place.line : undefined
  const where = [source, threadId, namespace, kind, table, column, channel, path, message?.id, file, line]
  return JSON.stringify([...where, start, end, inKey])
}

function earlier<T extends Omit<Place, 'copies'>>(a: T, b: T): T {
  const [first, second] = [a.at ?? Number.POSITIVE_INFINITY, b.at ?? Number.POSITIVE_INFINITY]
  if (first !== second) return first < second ? a : b
  return JSON.stringify(a) <= JSON.stringify(b) ? a : b
}

/** What says most about it: a rule before a name, a name before a mere repetition. */
function better(a: RuleSight, b: RuleSight): RuleSight {
  const rank = ({ ruleId, confidence, severity }: RuleSight) =>
    (ruleId === 'known-value' ? -100 : 0) + CONFIDENCE[confidence] * 10 + SEVERITY[severity]
  const difference = rank(b) - rank(a)
  if (difference !== 0) return difference > 0 ? b : a
  return b.ruleId < a.ruleId ? b : a
}
