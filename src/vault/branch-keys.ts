import { randomBytes } from 'node:crypto'
import { KeyMismatchError } from '../errors.js'
import { encodeParts, toBase64Url } from '../seal/bytes.js'
import type { BoundKey, KeyProvider } from '../seal/key-provider.js'
import { unwrapAll } from '../seal/keys/batch.js'
import type { BranchKeyRow, KeyStore } from './key-store.js'

const KEY_BYTES = 32
/** How long an unwrapped key stays in memory: a destroyed key stops opening claims within this time. */
const CACHE_MS = 5 * 60_000

interface CachedKey {
  readonly id: string
  readonly key: Uint8Array
  readonly until: number
}

/** A stored branch key, and what its wrapping is bound to. */
export function boundBranchKey(vaultId: string, { id, tenant, window, kekId, wrapped }: BranchKeyRow): BoundKey {
  return { wrapped: { keyId: kekId, bytes: wrapped }, context: branchKeyContext(vaultId, id, tenant, window) }
}

function branchKeyContext(vaultId: string, id: string, tenant: string, window: number): Uint8Array {
  return encodeParts(['secret-safe branch key v1', vaultId, id, tenant, window])
}

/** Unwrapped branch keys, one per tenant and window, cached within a bounded time. */
export class BranchKeys {
  readonly #byId = new Map<string, CachedKey>()
  readonly #byWindow = new Map<string, CachedKey>()

  /**
   * @param stores the first takes new keys; the others may still hold keys from before there was a key store.
   * @param beforeNew called before a key is stored that may be new.
   */
  constructor(
    readonly stores: readonly [KeyStore, ...KeyStore[]],
    readonly keys: KeyProvider,
    readonly vaultId: string,
    readonly beforeNew: () => Promise<void> = async () => undefined,
  ) {}

  /** The key that seals for a tenant and window; made when there is none. */
  async forWindow(tenant: string, window: number): Promise<{ readonly id: string; readonly key: Uint8Array }> {
    const name = JSON.stringify([tenant, window])
    const cached = this.#byWindow.get(name)
    if (cached !== undefined && cached.until > performance.now()) return cached
    const id = toBase64Url(randomBytes(16))
    const context = branchKeyContext(this.vaultId, id, tenant, window)
    const wrapped = await this.keys.wrap(randomBytes(KEY_BYTES), context)
    const row = { id, tenant, window, kekId: wrapped.keyId, wrapped: wrapped.bytes }
    await this.beforeNew()
    const stored = await this.#unwrap(await this.stores[0].initBranchKey(row))
    this.#byWindow.set(name, stored)
    return stored
  }

  /** Keys by id; ids without a readable key are absent. */
  async byIds(ids: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    const missing = new Set<string>()
    for (const id of new Set(ids)) {
      const cached = this.#byId.get(id)
      if (cached !== undefined && cached.until > performance.now()) found.set(id, cached.key)
      else missing.add(id)
    }
    for (const store of this.stores) {
      if (missing.size === 0) break
      const rows = await store.readBranchKeys([...missing])
      const opened = await unwrapAll(
        this.keys,
        rows.map((row) => boundBranchKey(this.vaultId, row)),
      )
      for (const [i, { id, kekId }] of rows.entries()) {
        const key = opened[i]
        if (key === null) throw new KeyMismatchError(kekId, await this.keys.currentId())
        missing.delete(id)
        // A key that was tampered with takes its own claims with it, not every read of a thread that holds one of them.
        if (key instanceof Uint8Array) found.set(id, this.#remember(id, key).key)
      }
    }
    return found
  }

  clear(): void {
    this.#byId.clear()
    this.#byWindow.clear()
  }

  async #unwrap(row: BranchKeyRow): Promise<CachedKey> {
    const { wrapped, context } = boundBranchKey(this.vaultId, row)
    const key = await this.keys.unwrap(wrapped, context)
    if (key === null) throw new KeyMismatchError(row.kekId, await this.keys.currentId())
    return this.#remember(row.id, key)
  }

  #remember(id: string, key: Uint8Array): CachedKey {
    const cached = { id, key, until: performance.now() + CACHE_MS }
    this.#byId.set(id, cached)
    return cached
  }
}
