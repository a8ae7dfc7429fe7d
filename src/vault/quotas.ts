import { InputError, LimitError } from '../errors.js'
import type { ClaimStore } from './claim-store.js'
import type { Scope } from './naming-keys.js'

const DEFAULT_CLAIMS_PER_THREAD = 100_000
/** How long a count is relied on: other processes may store that long beyond a quota. */
const COUNT_MS = 60_000
/** A flood of refused writes counts the rows anew this often at most. */
const RECOUNT_MS = 1_000
const MAX_COUNTS = 10_000

/** How many claims with ciphertext may exist at once. Not exact: other processes may go beyond it for up to a minute. */
export interface QuotaOptions {
  /** 100,000 unless told. */
  readonly claimsPerThread?: number
  /** Unlimited unless told. */
  readonly claimsPerTenant?: number
}

interface Count {
  rows: number
  readonly countedAt: number
}

/** Counts claims before new ones are stored: from the store once a minute, its own in between. */
export class Quotas {
  readonly #counts = new Map<string, Count>()
  readonly #perThread: number
  readonly #perTenant: number

  /** @throws InputError */
  constructor(
    readonly store: Pick<ClaimStore, 'countClaims'>,
    { claimsPerThread = DEFAULT_CLAIMS_PER_THREAD, claimsPerTenant = Number.POSITIVE_INFINITY }: QuotaOptions = {},
  ) {
    this.#perThread = checkQuota('claimsPerThread', claimsPerThread)
    this.#perTenant = checkQuota('claimsPerTenant', claimsPerTenant)
  }

  /**
   * Takes room for new claims.
   * @returns how to give the room back when they were not stored after all.
   * @throws LimitError; then nothing may be stored.
   */
  async reserve({ tenant, threadId }: Scope, claims: number): Promise<() => void> {
    const counts = [
      await this.#admit({ tenant, threadId }, claims, this.#perThread, 'claimsPerThread'),
      await this.#admit({ tenant }, claims, this.#perTenant, 'claimsPerTenant'),
    ].filter((count) => count !== undefined)
    for (const count of counts) count.rows += claims
    return () => {
      for (const count of counts) count.rows -= claims
    }
  }

  async #admit(
    scope: { readonly tenant: string; readonly threadId?: string },
    claims: number,
    limit: number,
    name: keyof QuotaOptions,
  ): Promise<Count | undefined> {
    if (limit === Number.POSITIVE_INFINITY) return undefined
    const key = JSON.stringify([scope.tenant, scope.threadId ?? null])
    const now = performance.now()
    let count = this.#counts.get(key)
    const age = count === undefined ? Number.POSITIVE_INFINITY : now - count.countedAt
    if (count === undefined || age > COUNT_MS || (count.rows + claims > limit && age > RECOUNT_MS)) {
      count = { rows: await this.store.countClaims(scope, limit), countedAt: now }
      if (this.#counts.size >= MAX_COUNTS) this.#counts.clear()
      this.#counts.set(key, count)
    }
    if (count.rows + claims > limit)
      throw new LimitError(`quotas.${name} (${limit}) leaves no room for ${claims} new claims; nothing was stored.`)
    return count
  }
}

function checkQuota(name: keyof QuotaOptions, limit: number): number {
  if (limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && limit > 0)) return limit
  throw new InputError(`quotas.${name} is a whole number of 1 or more.`)
}
