import { randomBytes } from 'node:crypto'
import { KeyMismatchError, KeyProviderError } from '../errors.js'
import { encodeParts, toBase64Url } from '../seal/bytes.js'
import type { KeyProvider } from '../seal/key-provider.js'
import type { BranchKeyRow, ClaimStore } from './claim-store.js'

const KEY_BYTES = 32
/** How long an unwrapped key stays in memory: a destroyed key stops opening claims within this time. */
const CACHE_MS = 5 * 60_000

interface CachedKey {
  readonly id: string
  readonly key: Uint8Array
  readonly until: number
}

/** Unwrapped branch keys, one per tenant and window, cached within a bounded time. */
export class BranchKeys {
  readonly #byId = new Map<string, CachedKey>()
  readonly #byWindow = new Map<string, CachedKey>()

  constructor(
    readonly store: ClaimStore,
    readonly keys: KeyProvider,
    readonly vaultId: string,
  ) {}

  /** The key that seals for a tenant and window; made when there is none. */
  async forWindow(tenant: string, window: number): Promise<{ readonly id: string; readonly key: Uint8Array }> {
    const name = JSON.stringify([tenant, window])
    const cached = this.#byWindow.get(name)
    if (cached !== undefined && cached.until > performance.now()) return cached
    const id = toBase64Url(randomBytes(16))
    const wrapped = await this.keys.wrap(randomBytes(KEY_BYTES), this.#context(id, tenant, window))
    const row = { id, tenant, window, kekId: wrapped.keyId, wrapped: wrapped.bytes }
    const stored = await this.#unwrap(await this.store.initBranchKey(row))
    this.#byWindow.set(name, stored)
    return stored
  }

  /** Keys by id; ids without a readable key are absent. */
  async byIds(ids: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    const missing: string[] = []
    for (const id of new Set(ids)) {
      const cached = this.#byId.get(id)
      if (cached !== undefined && cached.until > performance.now()) found.set(id, cached.key)
      else missing.push(id)
    }
    if (missing.length > 0) {
      for (const row of await this.store.readBranchKeys(missing)) {
        const key = await this.#unwrapIfSound(row)
        if (key !== undefined) found.set(row.id, key)
      }
    }
    return found
  }

  /** A key that was tampered with takes its own claims with it, not every read of a thread that holds one of them. */
  async #unwrapIfSound(row: BranchKeyRow): Promise<Uint8Array | undefined> {
    try {
      return (await this.#unwrap(row)).key
    } catch (error) {
      if (error instanceof KeyProviderError && !error.retryable) return undefined
      throw error
    }
  }

  clear(): void {
    this.#byId.clear()
    this.#byWindow.clear()
  }

  async #unwrap(row: BranchKeyRow): Promise<CachedKey> {
    const context = this.#context(row.id, row.tenant, row.window)
    const key = await this.keys.unwrap({ keyId: row.kekId, bytes: row.wrapped }, context)
    if (key === null) throw new KeyMismatchError(row.kekId, await this.keys.currentId())
    const cached = { id: row.id, key, until: performance.now() + CACHE_MS }
    this.#byId.set(row.id, cached)
    return cached
  }

  #context(id: string, tenant: string, window: number): Uint8Array {
    return encodeParts(['secret-safe branch key v1', this.vaultId, id, tenant, window])
  }
}
