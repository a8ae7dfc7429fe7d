import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '../../errors.js'

/** How much may be read in a second. */
export interface Rate {
  readonly rows?: number
  readonly bytes?: number
}

const UNITS: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9 }

/** @param text rows a second such as `500`, or bytes a second such as `5MB`. @throws ConfigError */
export function parseRate(text: string): Rate {
  const match = /^(\d+(?:\.\d+)?)\s*(KB|MB|GB)?(?:\/s)?$/i.exec(text.trim())
  const amount = Number(match?.[1])
  if (match === null || !(amount > 0))
    throw new ConfigError('A rate is rows a second such as 500, or bytes such as 5MB.')
  const unit = match[2]?.toUpperCase()
  return unit === undefined ? { rows: amount } : { bytes: amount * UNITS[unit]! }
}

/** Holds a reader back to a rate: it may read for a second in advance, and not more for having waited. */
export class Pace {
  readonly #rate: Rate
  #freeAt = 0

  constructor(rate: Rate) {
    this.#rate = rate
  }

  /** Waits until what was just read may have been read. */
  async take(rows: number, bytes: number, signal?: AbortSignal): Promise<void> {
    const { rows: perRow = Number.POSITIVE_INFINITY, bytes: perByte = Number.POSITIVE_INFINITY } = this.#rate
    const costMs = 1000 * Math.max(rows / perRow, bytes / perByte)
    if (costMs === 0) return
    const now = performance.now()
    this.#freeAt = Math.max(this.#freeAt, now) + costMs
    const waitMs = this.#freeAt - now
    if (waitMs > 1) await sleep(waitMs, undefined, { signal }).catch(() => undefined)
  }
}
