import { createHmac } from 'node:crypto'
import type { AuditWarning } from '../report.js'
import { hash53 } from './hash53.js'
import { type EntryState, type RuleSight, SecretEntry, type Sighting } from './secret-entry.js'
import { Warnings } from './warnings.js'

/** Beyond it further secrets are counted and not listed; with their places these take about 100 MB at the worst. */
const MAX_SECRETS = 5_000
/** Threads of which owners are kept. */
const MAX_OWNED = 50_000
const ID_BYTES = 16

/** What was read of one source. */
export interface SourceCounts {
  rows: number
  bytes: number
  threads: number
  checkpoints: number
  unreadable: number
}

/** All that a part of an audit came to, as JSON: fingerprints and names that may be shown. */
export interface CollectorState {
  readonly secrets: readonly EntryState[]
  readonly counts: readonly (readonly [source: number, counts: SourceCounts])[]
  readonly owners: readonly (readonly [thread: number, owners: readonly string[]])[]
  readonly warnings: readonly AuditWarning[]
  readonly allowed: number
  readonly secretsOmitted: number
}

/** Gathers sightings by secret. The plaintext of a hit ends here: what is kept is its fingerprint. */
export class Collector {
  readonly warnings = new Warnings()
  readonly #key: Uint8Array
  readonly #secrets = new Map<string, SecretEntry>()
  readonly #counts = new Map<number, SourceCounts>()
  readonly #owners = new Map<number, ReadonlySet<string>>()
  allowed = 0
  secretsOmitted = 0

  /** @param key random, for one report (or one baseline): fingerprints under another key say nothing. */
  constructor(key: Uint8Array) {
    this.#key = key
  }

  /** Keyed, so that nobody who sees a report can try guesses on it. */
  fingerprint(secret: string): string {
    return createHmac('sha256', this.#key).update(secret, 'utf8').digest().subarray(0, ID_BYTES).toString('hex')
  }

  add(sighting: Sighting): void {
    this.#entry(sighting.id, sighting.rule, sighting.length)?.add(sighting)
  }

  /** A further checkpoint that holds a secret which is counted already. */
  see(id: string, ...where: Parameters<SecretEntry['see']>): void {
    this.#secrets.get(id)?.see(...where)
  }

  counts(source: number): SourceCounts {
    let counts = this.#counts.get(source)
    if (counts === undefined) {
      counts = { rows: 0, bytes: 0, threads: 0, checkpoints: 0, unreadable: 0 }
      this.#counts.set(source, counts)
    }
    return counts
  }

  /** @param owners may be shown. */
  own(threadId: string, owners: readonly string[]): void {
    if (owners.length > 0) this.#own(hash53(threadId), owners)
  }

  #own(thread: number, owners: readonly string[]): void {
    const known = this.#owners.get(thread)
    if (known !== undefined && owners.every((owner) => known.has(owner))) return
    if (known === undefined && this.#owners.size >= MAX_OWNED) {
      this.warnings.add('owners-incomplete', `Owners are named for the first ${MAX_OWNED} threads only.`, undefined, 0)
      return
    }
    this.#owners.set(thread, new Set([...(known ?? []), ...owners]))
  }

  merge(state: CollectorState): void {
    for (const entry of state.secrets) this.#entry(entry.id, entry.rule, entry.length)?.merge(entry)
    for (const [source, counts] of state.counts) {
      const own = this.counts(source)
      for (const field of Object.keys(counts) as (keyof SourceCounts)[]) own[field] += counts[field]
    }
    for (const [thread, owners] of state.owners) this.#own(thread, owners)
    this.warnings.merge(state.warnings)
    this.allowed += state.allowed
    this.secretsOmitted += state.secretsOmitted
  }

  state(): CollectorState {
    return {
      secrets: [...this.#secrets.values()].map((entry) => entry.state()),
      counts: [...this.#counts],
      owners: [...this.#owners].map(([thread, owners]) => [thread, [...owners]] as const),
      warnings: this.warnings.list(),
      allowed: this.allowed,
      secretsOmitted: this.secretsOmitted,
    }
  }

  get secrets(): readonly SecretEntry[] {
    return [...this.#secrets.values()]
  }

  ownersOf(entry: SecretEntry): readonly string[] {
    const owners = new Set<string>()
    for (const thread of entry.threads.exact) for (const owner of this.#owners.get(thread) ?? []) owners.add(owner)
    return [...owners].sort()
  }

  #entry(id: string, rule: RuleSight, length: number): SecretEntry | undefined {
    const known = this.#secrets.get(id)
    if (known !== undefined) return known
    if (this.#secrets.size >= MAX_SECRETS) {
      this.secretsOmitted++
      this.warnings.add(
        'secrets-omitted',
        `More than ${MAX_SECRETS} different secrets: sightings of further ones are counted, not listed.`,
        undefined,
      )
      return undefined
    }
    const entry = new SecretEntry(id, rule, length)
    this.#secrets.set(id, entry)
    return entry
  }
}
