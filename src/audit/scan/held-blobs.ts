import type { Collector } from '../collect/collector.js'
import type { Sighting } from '../collect/secret-entry.js'
import type { ChannelVersion, RowPlace } from '../decode/decoded.js'

/** Blobs with findings that wait for their checkpoints; more are told without a time. */
const MAX_HELD = 20_000

interface Held {
  readonly sightings: readonly Sighting[]
  isReferred: boolean
  isCounted: boolean
}

/**
 * A blob says neither when it was made nor which checkpoints use it: those that name its channel's version do. Blobs are
 * read first, and their findings wait for that.
 */
export class HeldBlobs {
  readonly #collector: Collector
  readonly #since: number | undefined
  readonly #source: number
  readonly #byVersion = new Map<string, Held>()

  constructor(collector: Collector, since: number | undefined, source: number) {
    this.#collector = collector
    this.#since = since
    this.#source = source
  }

  hold(place: RowPlace, blob: ChannelVersion, sightings: readonly Sighting[]): void {
    if (sightings.length === 0) return
    if (this.#byVersion.size < MAX_HELD) {
      this.#byVersion.set(keyOf(place, blob), { sightings, isReferred: false, isCounted: false })
      return
    }
    this.#collector.warnings.add(
      'dates-incomplete',
      'So many values hold secrets that not all are dated by their checkpoints.',
      this.#source,
    )
    for (const sighting of sightings) this.#collector.add(sighting)
  }

  refer(place: RowPlace, versions: readonly ChannelVersion[]): void {
    if (this.#byVersion.size === 0) return
    for (const version of versions) {
      const held = this.#byVersion.get(keyOf(place, version))
      if (held !== undefined) this.#date(held, place)
    }
  }

  #date(held: Held, { threadId, namespace, checkpointId, at }: RowPlace): void {
    held.isReferred = true
    if (this.#since !== undefined && at !== undefined && at < this.#since) return
    for (const sighting of held.sightings) {
      if (held.isCounted) this.#collector.see(sighting.id, threadId, namespace, checkpointId, at)
      else this.#collector.add(dated(sighting, checkpointId, at))
    }
    held.isCounted = true
  }

  /** What no checkpoint names is a left-over, and stands in the store all the same. */
  end(): void {
    for (const { sightings, isReferred } of this.#byVersion.values()) {
      if (!isReferred) for (const sighting of sightings) this.#collector.add(sighting)
    }
    this.#byVersion.clear()
  }
}

function dated(sighting: Sighting, checkpointId: string | undefined, at: number | undefined): Sighting {
  const { place } = sighting
  return { ...sighting, place: { ...place, ...(checkpointId && { checkpointId }), ...(at && { at }) } }
}

function keyOf({ threadId, namespace }: RowPlace, { channel, version }: ChannelVersion): string {
  return JSON.stringify([threadId, namespace, channel, version])
}
