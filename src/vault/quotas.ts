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

type QuotaScope = Parameters<ClaimStore['countClaims']>[0]

interface Count {
  /** As the store counted them, and what was stored from here since. */
  rows: number
  /** Room that was given to writes which are still on their way. */
  reserved: number
  countedAt: number
  counting: Promise<void> | undefined
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
   * @returns a function that says, once, whether they were stored.
   * @throws LimitError; then nothing may be stored.
   */
  async reserve(thread: Scope, claims: number): Promise<(stored: boolean) => void> {
    const limits = this.#limits(thread)
    for (const { scope, limit } of limits) await this.#refresh(scope, limit, claims)
    // From here on nothing is awaited: two writes cannot take the same room.
    const counts = limits.map(({ scope }) => this.#countOf(scope))
    for (const [i, { name, limit }] of limits.entries()) {
      if (counts[i]!.rows + counts[i]!.reserved + claims > limit)
        throw new LimitError(`quotas.${name} (${limit}) leaves no room for ${claims} new claims; nothing was stored.`)
    }
    return take(counts, claims)
  }

  /** As `reserve`, where the store has been asked lately and there is room for certain; null elsewhere. */
  tryReserve(thread: Scope, claims: number): ((stored: boolean) => void) | null {
    const limits = this.#limits(thread)
    const counts = limits.map(({ scope }) => this.#countOf(scope))
    const isSure = counts.every(
      ({ rows, reserved, countedAt }, i) =>
        performance.now() - countedAt <= COUNT_MS && rows + reserved + claims <= limits[i]!.limit,
    )
    return isSure ? take(counts, claims) : null
  }

  #limits({ tenant, threadId }: Scope) {
    return [
      { name: 'claimsPerThread', limit: this.#perThread, scope: { tenant, threadId } },
      { name: 'claimsPerTenant', limit: this.#perTenant, scope: { tenant } },
    ].filter(({ limit }) => limit !== Number.POSITIVE_INFINITY)
  }

  async #refresh(scope: QuotaScope, limit: number, claims: number): Promise<void> {
    const count = this.#countOf(scope)
    const age = performance.now() - count.countedAt
    const isOver = count.rows + count.reserved + claims > limit
    if (age <= COUNT_MS && !(isOver && age > RECOUNT_MS)) return
    count.counting ??= this.#count(count, scope, limit).finally(() => {
      count.counting = undefined
    })
    await count.counting
  }

  async #count(count: Count, scope: QuotaScope, limit: number): Promise<void> {
    count.rows = await this.store.countClaims(scope, limit)
    count.countedAt = performance.now()
  }

  #countOf({ tenant, threadId }: QuotaScope): Count {
    const key = JSON.stringify([tenant, threadId ?? null])
    let count = this.#counts.get(key)
    if (count === undefined) {
      if (this.#counts.size >= MAX_COUNTS) this.#counts.clear()
      count = { rows: 0, reserved: 0, countedAt: Number.NEGATIVE_INFINITY, counting: undefined }
      this.#counts.set(key, count)
    }
    return count
  }
}

function take(counts: readonly Count[], claims: number): (stored: boolean) => void {
  for (const count of counts) count.reserved += claims
  return (stored) => {
    for (const count of counts) {
      count.reserved -= claims
      if (stored) count.rows += claims
    }
  }
}

function checkQuota(name: keyof QuotaOptions, limit: number): number {
  if (limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && limit > 0)) return limit
  throw new InputError(`quotas.${name} is a whole number of 1 or more.`)
}
