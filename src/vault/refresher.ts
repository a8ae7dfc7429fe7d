import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Principal } from '../access/principal.js'
import { InputError, SecretSafeError } from '../errors.js'
import { MINUTE_MS } from './claim-row.js'
import type { ClaimId, ClaimRow } from './claim-store.js'
import { jwtExpiry, plausibleTime } from './credential-expiry.js'
import { openedPayload } from './new-value.js'
import { replaceClaim } from './replace.js'
import { commit, load, subjectOf, type VaultContext } from './vault-context.js'

const DEFAULT_TIMEOUT_MS = 10_000
/** A lock outlives its callback, which cannot be stopped by force. */
const LOCK_MARGIN_MS = 5_000
/** What did not work is not tried again at every read. */
const BACK_OFF_MS = 30_000
const MAX_REMEMBERED = 10_000
const POLL_MS = 100

/** Of whom and what a fresh credential is asked for. Holds the old value only with `withValue`. */
export interface RefreshInfo {
  readonly claim: string
  readonly tenant: string
  readonly threadId: string
  readonly ruleId: string
  /** Ms since the epoch; null when the credential does not say. */
  readonly credentialExpiresAt: number | null
  /** For whom the claim is being restored. */
  readonly principal: Principal
  readonly value?: string | Uint8Array
  /** Fires when the time is up; what comes later is thrown away. */
  readonly signal: AbortSignal
}

export interface RefreshOptions {
  /** How long before its end a credential is refreshed, in ms; a minute unless told. */
  readonly refreshBeforeMs?: number
  /** How long the callback may take, and others wait for it, in ms; 10 seconds unless told. */
  readonly timeoutMs?: number
  /** Gives the callback the old value. */
  readonly withValue?: boolean
  /**
   * Supplies a fresh credential, and when it ends (ms since the epoch) unless it is a JWT. Null for "not one of mine":
   * the claim is restored as it is. A throw means "mine, but it failed", as does a credential
   * that has ended already: the old value is restored until it has ended.
   */
  readonly refresh: (
    info: RefreshInfo,
  ) => Promise<{ readonly value: string | Uint8Array; readonly expiresAt?: number } | null>
}

/** `pending`: another reader, here or in another process, is at it. */
export type RefreshOutcome = 'refreshed' | 'declined' | 'failed' | 'pending'

/** Fetches fresh credentials, one flight at a time for each claim, in all processes together. */
export class Refresher {
  readonly refreshBeforeMs: number
  readonly #timeoutMs: number
  readonly #options: RefreshOptions
  readonly #flights = new Map<ClaimId, Promise<RefreshOutcome>>()
  readonly #remembered = new Map<string, { readonly outcome: RefreshOutcome; readonly until: number }>()

  /** @throws InputError */
  constructor(options: RefreshOptions) {
    const { refreshBeforeMs = MINUTE_MS, timeoutMs = DEFAULT_TIMEOUT_MS, refresh } = options
    if (typeof refresh !== 'function') throw new InputError('refresh.refresh is a function.')
    if (
      !(
        Number.isSafeInteger(refreshBeforeMs) &&
        refreshBeforeMs >= 0 &&
        Number.isSafeInteger(timeoutMs) &&
        timeoutMs > 0
      )
    )
      throw new InputError('refresh.refreshBeforeMs and refresh.timeoutMs are whole numbers of milliseconds.')
    this.#options = options
    this.refreshBeforeMs = refreshBeforeMs
    this.#timeoutMs = timeoutMs
  }

  /** True when the credential has ended by `now`, or will soon. */
  isDue({ credentialExpiresAt }: ClaimRow, now: number): boolean {
    return credentialExpiresAt !== null && credentialExpiresAt - this.refreshBeforeMs <= now
  }

  /**
   * @param isUsable the old value is still good: then nobody waits for a flight of somebody else.
   * @throws VaultUnavailableError; nothing that the callback throws.
   */
  refresh(
    vault: VaultContext,
    row: ClaimRow,
    principal: Principal,
    runId: string | undefined,
    isUsable: boolean,
  ): Promise<RefreshOutcome> {
    const key = `${row.id} ${row.generation}`
    const remembered = this.#remembered.get(key)
    if (remembered !== undefined && remembered.until > performance.now()) return Promise.resolve(remembered.outcome)
    const running = this.#flights.get(row.id)
    if (running !== undefined) return isUsable ? Promise.resolve('pending') : running
    const flight = this.#fly(vault, row, principal, runId, isUsable)
      .then((outcome) => {
        if (outcome === 'declined' || outcome === 'failed') this.#remember(key, outcome)
        return outcome
      })
      .finally(() => this.#flights.delete(row.id))
    this.#flights.set(row.id, flight)
    return flight
  }

  #remember(key: string, outcome: RefreshOutcome): void {
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear()
    this.#remembered.set(key, { outcome, until: performance.now() + BACK_OFF_MS })
  }

  async #fly(
    vault: VaultContext,
    row: ClaimRow,
    principal: Principal,
    runId: string | undefined,
    isUsable: boolean,
  ): Promise<RefreshOutcome> {
    const lock = { name: `refresh ${row.id}`, holder: randomUUID(), ttlMs: this.#timeoutMs + LOCK_MARGIN_MS }
    const until = performance.now() + this.#timeoutMs
    for (;;) {
      const isMine = await vault.store.acquireLock(lock)
      try {
        const { tenant, threadId } = row
        const { claims, now } = await load(vault, { tenant, threadId, ids: [row.id], places: [], revocations: [] })
        if (claims[0] !== undefined && claims[0].generation !== row.generation) return 'refreshed'
        if (isMine) return await this.#ask(vault, row, principal, runId, now)
      } finally {
        if (isMine) await vault.store.releaseLock(lock.name, lock.holder)
      }
      if (isUsable || performance.now() >= until) return 'pending'
      await delay(POLL_MS * (1 + Math.random()))
    }
  }

  async #ask(
    vault: VaultContext,
    row: ClaimRow,
    principal: Principal,
    runId: string | undefined,
    now: number,
  ): Promise<RefreshOutcome> {
    const fresh = await this.#call(vault, row, principal)
    if (fresh === null) return 'declined'
    const { tenant, threadId, id } = row
    const endsAt = fresh === undefined ? null : (fresh.credentialExpiresAt ?? jwtExpiry(fresh.value))
    if (fresh !== undefined && (endsAt === null || endsAt > now)) {
      try {
        const request = { tenant, threadId, id, principal, runId, operation: 'refresh', ...fresh } as const
        await replaceClaim(vault, request)
        // One that ends within `refreshBeforeMs` would be asked for again by the next read.
        if (endsAt !== null && endsAt - this.refreshBeforeMs <= now)
          this.#remember(`${id} ${row.generation + 1}`, 'failed')
        return 'refreshed'
      } catch (error) {
        // Too large, revoked, of another shape: a fresh value that cannot be used is none.
        if (!(error instanceof SecretSafeError) || error.retryable) throw error
      }
    }
    const failed = { operation: 'refresh', outcome: 'denied', reason: 'failed' } as const
    const subject = subjectOf(principal, runId)
    await commit(vault, { events: [{ ...failed, tenant, threadId, ...subject, claims: [id] }] })
    return 'failed'
  }

  /** Null: not one of the callback's. Undefined: it failed; why is not looked at, since it may quote a credential. */
  async #call(
    vault: VaultContext,
    row: ClaimRow,
    principal: Principal,
  ): Promise<
    { readonly value: string | Uint8Array; readonly credentialExpiresAt: number | undefined } | null | undefined
  > {
    const { tenant, threadId, ruleId, credentialExpiresAt } = row
    const controller = new AbortController()
    const claim = vault.naming.url(row, row.id)
    const value = this.#options.withValue === true ? await oldValue(vault, row) : undefined
    const info = { claim, tenant, threadId, ruleId, credentialExpiresAt, principal, signal: controller.signal }
    const timeUp = delay(this.#timeoutMs, undefined, { signal: controller.signal, ref: false })
    try {
      const answer = await Promise.race([
        this.#options.refresh(value === undefined ? info : { ...info, value }),
        timeUp,
      ])
      if (answer === null) return null
      const given: unknown = answer?.value
      if ((typeof given !== 'string' && !(given instanceof Uint8Array)) || given.length === 0) return undefined
      const { expiresAt } = answer!
      if (expiresAt !== undefined && (typeof expiresAt !== 'number' || plausibleTime(expiresAt) === null))
        return undefined
      return { value: given, credentialExpiresAt: expiresAt === undefined ? undefined : Math.floor(expiresAt) }
    } catch {
      return undefined
    } finally {
      timeUp.catch(() => undefined)
      controller.abort()
    }
  }
}

async function oldValue(vault: VaultContext, row: ClaimRow): Promise<string | Uint8Array | undefined> {
  try {
    const payload = await openedPayload(vault, row)
    if (payload === undefined) return undefined
    return payload.kind === 'text' ? payload.text : payload.kind === 'bytes' ? payload.bytes : payload.json
  } catch {
    return undefined
  }
}
