import type { LedgerEvent } from './event.js'

const WINDOW_MS = 10_000
const MAX_KEYS = 10_000
/** Counts whose window has passed, written along with another event. */
const MAX_DUE = 20

interface Held {
  readonly event: LedgerEvent
  readonly until: number
  count: number
}

/**
 * Holds back repeats of the same denial, so that whoever is denied cannot flood the ledger: within a window the first
 * one is written at once, later ones are counted and written as one when it has passed, or at the end.
 */
export class EventThrottle {
  /** In the order in which their windows end. */
  readonly #seen = new Map<string, Held>()

  /** The events to write now, each with the count that it stands for; none to hold this one back. */
  admit(event: LedgerEvent, now = performance.now()): readonly LedgerEvent[] {
    const key = keyOf(event)
    const seen = this.#seen.get(key)
    if (seen !== undefined && seen.until > now) {
      seen.count += 1
      return []
    }
    this.#seen.delete(key)
    const displaced = this.#seen.size >= MAX_KEYS ? this.#takeOldest() : []
    this.#seen.set(key, { event, until: now + WINDOW_MS, count: 0 })
    return [seen === undefined || seen.count === 0 ? event : { ...event, count: seen.count + 1 }, ...displaced]
  }

  /** Takes counts whose window has passed and that no repeat has fetched. */
  due(now = performance.now()): readonly LedgerEvent[] {
    const due: LedgerEvent[] = []
    for (const [key, seen] of this.#seen) {
      if (seen.until > now || due.length === MAX_DUE) break
      this.#seen.delete(key)
      due.push(...heldOf(seen))
    }
    return due
  }

  /** Undoes `admit` when what it gave could not be stored: a repeat is admitted at once, and nothing counted is lost. */
  giveBack(event: LedgerEvent): void {
    this.#restore(event, (event.count ?? 1) - 1)
  }

  /** Undoes `due`. */
  giveBackDue(event: LedgerEvent): void {
    this.#restore(event, event.count ?? 0)
  }

  /** Takes every count. */
  takeAll(): readonly LedgerEvent[] {
    const held = [...this.#seen.values()].flatMap(heldOf)
    this.#seen.clear()
    return held
  }

  #restore({ count: _, ...event }: LedgerEvent, count: number): void {
    const key = keyOf(event)
    const seen = this.#seen.get(key)
    this.#seen.delete(key)
    this.#seen.set(key, { event, until: 0, count: count + (seen?.count ?? 0) })
  }

  #takeOldest(): readonly LedgerEvent[] {
    const [key, seen] = this.#seen.entries().next().value!
    this.#seen.delete(key)
    return heldOf(seen)
  }
}

function keyOf({ count: _, ...rest }: LedgerEvent): string {
  return JSON.stringify(rest)
}

const heldOf = ({ event, count }: Held): readonly LedgerEvent[] => (count === 0 ? [] : [{ ...event, count }])
