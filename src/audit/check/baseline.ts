import { randomBytes, scrypt } from 'node:crypto'
import { equalBytes, hmacSha256, toBase64Url, utf8 } from '../../seal/bytes.js'

/**
 * What one guess at a baselined secret costs: 16 MiB and some 40 ms. A token cannot be guessed anyway; a password from a
 * dictionary can, slowly, so such a one belongs changed and not baselined (docs/check.md).
 */
const COST = { N: 16_384, r: 8, p: 1 } as const
const SALT_BYTES = 16
const LABEL = utf8('secret-safe baseline v1\0')

/** A finding that may stay in one file for now. */
export interface BaselineEntry {
  /** Relative to the baseline, with `/`. */
  readonly path: string
  readonly ruleId: string
  readonly fingerprint: string
}

/** A secret that was found, as a baseline asks for it. */
export interface Sighting {
  readonly path: string
  readonly ruleId: string
  readonly secret: string
}

/** Fingerprints of findings that were there before. */
export class Baseline {
  readonly #keys = new Map<string, Promise<Uint8Array>>()
  readonly #byPlace = new Map<string, BaselineEntry[]>()
  readonly #met = new Set<BaselineEntry>()

  constructor(
    readonly salt: Uint8Array = randomBytes(SALT_BYTES),
    readonly entries: readonly BaselineEntry[] = [],
  ) {
    for (const entry of entries) {
      const place = placeOf(entry)
      this.#byPlace.set(place, [...(this.#byPlace.get(place) ?? []), entry])
    }
  }

  /** Derives nothing where no entry has this rule in this file: most findings are new. */
  async has(sighting: Sighting): Promise<boolean> {
    const candidates = this.#byPlace.get(placeOf(sighting))
    if (candidates === undefined) return false
    const own = utf8(await this.#fingerprint(sighting))
    const entry = candidates.find(({ fingerprint }) => equalBytes(utf8(fingerprint), own))
    if (entry !== undefined) this.#met.add(entry)
    return entry !== undefined
  }

  /** Entries of files that were read from end to end, or are gone, and whose secret was not met. */
  stale(wasRead: (path: string) => boolean): BaselineEntry[] {
    return this.entries.filter((entry) => !this.#met.has(entry) && wasRead(entry.path))
  }

  /** With what was found, and without what is stale; under the same salt, so that nothing else changes. */
  async updated(sightings: readonly Sighting[], wasRead: (path: string) => boolean): Promise<Baseline> {
    const stale = new Set(this.stale(wasRead))
    const entries = this.entries.filter((entry) => !stale.has(entry))
    for (const sighting of sightings) {
      const { path, ruleId } = sighting
      entries.push({ path, ruleId, fingerprint: await this.#fingerprint(sighting) })
    }
    return new Baseline(this.salt, entries)
  }

  /** Another one for each place, so that a baseline does not say which files hold the same secret. */
  async #fingerprint({ secret, ...place }: Sighting): Promise<string> {
    return toBase64Url(hmacSha256(await this.#keyOf(secret), LABEL, utf8(placeOf(place))))
  }

  /** Once for each secret, however many files hold it. */
  #keyOf(secret: string): Promise<Uint8Array> {
    let key = this.#keys.get(secret)
    if (key === undefined) {
      key = new Promise((resolve, reject) => {
        scrypt(secret, this.salt, 32, COST, (error, derived) => (error === null ? resolve(derived) : reject(error)))
      })
      this.#keys.set(secret, key)
    }
    return key
  }
}

const placeOf = ({ path, ruleId }: Omit<BaselineEntry, 'fingerprint'>): string => `${ruleId}\0${path}`
