import { randomBytes, randomUUID } from 'node:crypto'
import { hmacSha256 } from '../seal/bytes.js'
import { CHAIN_KEY_BYTES, ChainKeys } from './chain-keys.js'
import type { LedgerEvent, LedgerRecord } from './event.js'
import type { LedgerHead } from './ledger-store.js'
import { addLink, type LinkRange, toRanges } from './link-ranges.js'
import { encodeRecord } from './record-bytes.js'

/** A link that was handed out, with the key that signs its record: kept until it is known whether that was stored. */
export interface IssuedLink {
  readonly number: number
  readonly key: Uint8Array
}

/** One writer's chain as its writer holds it: which links are free, in flight or of unknown outcome. */
export class Chain {
  readonly id = randomUUID()
  readonly #keys: ChainKeys
  #free: IssuedLink[] = []
  readonly #inFlight = new Set<IssuedLink>()
  #unknown: readonly LinkRange[] = []
  #lastAt = 0

  private constructor(firstKey: Uint8Array) {
    this.#keys = new ChainKeys(firstKey)
  }

  /** @param seal is given the first key, which nobody keeps afterwards. */
  static async begin<Sealed>(
    seal: (id: string, firstKey: Uint8Array) => Promise<Sealed>,
  ): Promise<{ readonly chain: Chain; readonly sealed: Sealed }> {
    const firstKey = randomBytes(CHAIN_KEY_BYTES)
    const chain = new Chain(firstKey)
    try {
      return { chain, sealed: await seal(chain.id, firstKey) }
    } finally {
      firstKey.fill(0)
    }
  }

  /** The last link that was handed out. */
  get link(): number {
    return this.#keys.link
  }

  get hasInFlight(): boolean {
    return this.#inFlight.size > 0
  }

  /** Links that were given back come first, lowest first. */
  issue(count: number): readonly IssuedLink[] {
    const links = Array.from({ length: count }, () => this.#free.shift() ?? this.#draw())
    for (const link of links) this.#inFlight.add(link)
    return links
  }

  /** @param at the store's clock; what is signed never moves back. */
  sign(event: LedgerEvent, { number, key }: IssuedLink, at: number): LedgerRecord {
    this.#lastAt = Math.max(this.#lastAt, at)
    const record = { ...event, writer: this.id, link: number, at: this.#lastAt }
    return { ...record, mac: hmacSha256(key, encodeRecord(record)) }
  }

  /** Its record is stored: its key is forgotten, so that nobody can sign another one in its place. */
  settle(links: readonly IssuedLink[]): void {
    for (const link of links) {
      this.#inFlight.delete(link)
      link.key.fill(0)
    }
  }

  /** Its record was refused for certain: the link is used again, or it would be a gap. */
  giveBack(links: readonly IssuedLink[]): void {
    for (const link of links) this.#inFlight.delete(link)
    this.#free = [...this.#free, ...links].sort((a, b) => a.number - b.number)
  }

  /** Nobody knows whether its record is stored: the link can neither be used again nor be called missing. */
  leaveUnknown(links: readonly IssuedLink[]): void {
    this.settle(links)
    for (const { number } of links) this.#unknown = addLink(this.#unknown, number)
  }

  head(at: number, closed: boolean): LedgerHead {
    this.#lastAt = Math.max(this.#lastAt, at)
    const pending = [...this.#free, ...this.#inFlight].map(({ number }): LinkRange => [number, number])
    const unsettled = toRanges([...this.#unknown, ...pending])
    const head = { at: this.#lastAt, unsettled, closed }
    return { link: this.link, ...head, mac: this.#keys.headMac(this.id, head) }
  }

  #draw(): IssuedLink {
    const key = this.#keys.next()
    return { number: this.#keys.link, key }
  }
}
