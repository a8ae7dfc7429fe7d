import { IdentityUnavailableError } from '../../errors.js'

export interface RemoteDocumentLimits {
  /** Asked for again once it is older. */
  readonly maxAgeMs: number
  /** Used for so long beyond that while it cannot be had anew. */
  readonly staleMs: number
  /** At least so long between two requests that somebody else's token has caused. */
  readonly cooldownMs: number
}

/** After a failure the next request waits for this, then for twice of it, and so on up to the cooldown. */
const FIRST_RETRY_MS = 1_000

/**
 * A document that is loaded once for everybody who waits for it, renewed when it is old, and used for a bounded time more
 * when that fails. Requests are spaced, also those that fail: neither a flood of tokens nor an endpoint that is down turns
 * into a flood of requests.
 */
export class RemoteDocument<T> {
  readonly #load: () => Promise<T>
  readonly #limits: RemoteDocumentLimits
  #current: { readonly content: T; readonly loadedAt: number } | undefined
  #pending: Promise<void> | undefined
  #askedAt = Number.NEGATIVE_INFINITY
  #failures = 0

  constructor(load: () => Promise<T>, limits: RemoteDocumentLimits) {
    this.#load = load
    this.#limits = limits
  }

  /** @throws IdentityUnavailableError when there is none that is young enough. */
  async get(): Promise<T> {
    if (this.#ageMs() > this.#limits.maxAgeMs) await this.#renew(this.#retryMs())
    return this.#usable()
  }

  /** For who misses something in it: a new one, unless it was asked for a moment ago. */
  async renewed(): Promise<T> {
    await this.#renew(Math.max(this.#retryMs(), this.#limits.cooldownMs))
    return this.#usable()
  }

  #usable(): T {
    const { maxAgeMs, staleMs } = this.#limits
    if (this.#current === undefined || this.#ageMs() > maxAgeMs + staleMs) {
      throw new IdentityUnavailableError("The issuer's keys cannot be had.")
    }
    return this.#current.content
  }

  async #renew(pauseMs: number): Promise<void> {
    if (this.#pending === undefined) {
      if (elapsedMs(this.#askedAt) < pauseMs) return
      this.#askedAt = Date.now()
      this.#pending = this.#ask().finally(() => {
        this.#pending = undefined
      })
    }
    await this.#pending
  }

  async #ask(): Promise<void> {
    try {
      this.#current = { content: await this.#load(), loadedAt: Date.now() }
      this.#failures = 0
    } catch {
      // What is known is used while it is young enough; `#usable` says so when it is not.
      this.#failures++
    }
  }

  #ageMs(): number {
    return this.#current === undefined ? Number.POSITIVE_INFINITY : elapsedMs(this.#current.loadedAt)
  }

  #retryMs(): number {
    if (this.#failures === 0) return 0
    return Math.min(this.#limits.cooldownMs, FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 30))
  }
}

/** A clock that was set back makes nothing younger. */
function elapsedMs(since: number): number {
  const elapsed = Date.now() - since
  return elapsed < 0 ? Number.POSITIVE_INFINITY : elapsed
}
