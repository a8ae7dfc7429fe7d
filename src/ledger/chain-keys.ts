import { createHmac } from 'node:crypto'
import { encodeParts, hmacSha256, utf8 } from '../seal/bytes.js'
import type { LedgerHead } from './ledger-store.js'

export const CHAIN_KEY_BYTES = 32
const NEXT = utf8('secret-safe ledger next v1')
const HEAD = utf8('secret-safe ledger head v1')

/**
 * The keys of one writer's chain, walked forward only. Each step gives the key of one link and the key of the next step;
 * neither tells what came before, and a link's key does not tell what comes after, so that it may be kept for a while.
 */
export class ChainKeys {
  #key: Uint8Array
  #link = 0

  /** @param firstKey 32 random bytes. */
  constructor(firstKey: Uint8Array) {
    this.#key = Uint8Array.from(firstKey)
  }

  /** The last link that was handed out; 0 at first. */
  get link(): number {
    return this.#link
  }

  /** The next link's key. */
  next(): Uint8Array {
    const step = createHmac('sha512', this.#key).update(NEXT).digest()
    this.#key.set(step.subarray(0, CHAIN_KEY_BYTES))
    // A copy: a view would keep the key of the next step in memory for as long as this link's key is kept.
    const linkKey = Uint8Array.from(step.subarray(CHAIN_KEY_BYTES))
    step.fill(0)
    this.#link += 1
    return linkKey
  }

  /** Signs a head at the present link. */
  headMac(writer: string, head: Omit<LedgerHead, 'mac' | 'link'>): Uint8Array {
    const { at, unsettled, closed } = head
    return hmacSha256(
      hmacSha256(this.#key, HEAD),
      encodeParts(['secret-safe ledger head v1', writer, this.#link, at, JSON.stringify(unsettled), closed ? 1 : 0]),
    )
  }

  /** A walker that goes on from here by itself. */
  fork(): ChainKeys {
    const copy = new ChainKeys(this.#key)
    copy.#link = this.#link
    return copy
  }
}
