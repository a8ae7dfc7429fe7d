import { BaseCache } from '@langchain/langgraph-checkpoint'
import { runIdentity } from '../../access/identity/read-flow.js'
import { checkPrincipal, type Principal } from '../../access/principal.js'
import { SecretSafeError } from '../../errors.js'
import type { RevealCounters } from '../../saver/reveal.js'
import { copyCall } from '../../saver/scrub-call.js'
import { CACHE_SCOPES, cacheScope } from '../../vault/scrub/reserved-scope.js'
import { type Asker, type Asking, askerOf } from '../kept/asker.js'
import { Keeper } from '../kept/keeper.js'
import { KeptValue } from '../kept/kept-value.js'
import { resolveKept, type SharedOptions } from '../kept/options.js'
import { entryAt, type FullKey, storedKey, textOf } from './entry-names.js'

export interface SecretSafeCacheOptions extends Omit<SharedOptions, 'onUnresolved'> {
  /** Sliding lifetime in ms of what a namespace of the cache holds; 30 days unless told. */
  readonly ttlMs?: number
}

export interface CacheCounters extends RevealCounters {
  /** Values that were not cached because they could not be sealed. */
  readonly skipped: number
}

type Entries<V> = Awaited<ReturnType<BaseCache<V>['get']>>
type Pairs<V> = Parameters<BaseCache<V>['set']>[0]

/** Of all copies that `as` makes. */
interface Shared {
  readonly keeper: Keeper
  skipped: number
  /** What was warned of already. */
  readonly told: Set<string>
}

/**
 * Wraps any cache of LangGraph's so that no detected secret reaches it, neither in a value nor in a key.
 *
 * A cache may always be empty. So what cannot be restored for who asks is a miss, also when the vault does not answer; and a
 * value that cannot be sealed is not cached: LangGraph awaits no write, so that a rejection would end the process.
 * @see docs/agent-state.md
 */
export class SecretSafeCache<V = unknown, Inner extends BaseCache<V> = BaseCache<V>> extends BaseCache<V> {
  readonly inner: Inner
  readonly #options: SecretSafeCacheOptions
  #shared: Shared
  #asking: Asking = {}

  /** @throws ConfigError */
  constructor(inner: Inner, options: SecretSafeCacheOptions) {
    super(inner.serde)
    this.inner = inner
    this.#options = options
    const { ttlMs, ...rest } = options ?? {}
    const keeper = new Keeper(resolveKept(rest as SharedOptions, 'SecretSafeCache', ttlMs))
    this.#shared = { keeper, skipped: 0, told: new Set() }
  }

  /** The same cache for another principal: its reads restore for it, its entries are of its tenant alone. */
  as(principal: Principal): SecretSafeCache<V, Inner> {
    const derived = new SecretSafeCache<V, Inner>(this.inner, this.#options)
    derived.#shared = this.#shared
    derived.#asking = { as: checkPrincipal(principal) }
    return derived
  }

  get counters(): CacheCounters {
    return { ...this.#keeper.counters, skipped: this.#shared.skipped }
  }

  /** @throws what the inner cache throws, and what says that this is not the vault's key or schema. */
  override async get(keys: FullKey[]): Promise<Entries<V>> {
    const asker = this.#asker()
    const vault = await orMiss(this.#keeper.vault.open())
    if (vault === MISS) return []
    for (const [namespace] of keys) this.#keeper.names.check(namespace)
    const given = new Map(keys.map((key) => [textOf(storedKey(key, this.#keeper, vault, asker)), key]))
    const found = await this.inner.get([...given.keys()].map((text) => JSON.parse(text) as FullKey))
    const entries = found.map(async ({ key, value }) => {
      const revealed = await orMiss(this.#reveal(key, value, asker))
      return revealed === MISS ? [] : [{ key: given.get(textOf(key)) ?? key, value: revealed as V }]
    })
    return (await Promise.all(entries)).flat()
  }

  override async set(pairs: Pairs<V>): Promise<void> {
    const asker = this.#asker()
    let sealed: Pairs<V>
    try {
      sealed = await this.#seal(pairs, asker)
    } catch (error) {
      return this.#skip(error, pairs.length)
    }
    await this.inner.set(sealed)
  }

  /** Erases what the vault holds first. */
  override async clear(namespaces: FullKey[0][]): Promise<void> {
    const asker = this.#asker()
    const all = namespaces.length === 0
    const scopes = all ? await this.#keeper.scopes(CACHE_SCOPES, asker) : namespaces.map(cacheScope)
    await this.#keeper.erase(scopes, asker)
    await this.inner.clear(namespaces)
  }

  toJSON(): string {
    return '[SecretSafeCache]'
  }

  get #keeper(): Keeper {
    return this.#shared.keeper
  }

  async #seal(pairs: Pairs<V>, asker: Asker): Promise<Pairs<V>> {
    for (const { key } of pairs) this.#keeper.names.check(key[0])
    const opened = this.#keeper.vault.peek()
    // What is cached is what was given when the call was made, so it is copied before anything is waited for.
    const values =
      opened === undefined ? pairs.map(({ key, value }) => copyOf(key, value)) : pairs.map(({ value }) => value)
    const vault = opened ?? (await this.#keeper.vault.open())
    const keys = pairs.map(({ key }) => storedKey(key, this.#keeper, vault, asker))
    const kept = await this.#keeper.seal(
      values.map((value, i) => new KeptValue(entryAt(keys[i]!), value)),
      asker,
    )
    return pairs.map((pair, i) => ({ ...pair, key: keys[i]!, value: kept[i]!.value as V }))
  }

  /** A part of what was cached is a wrong value: whatever stays behind its URL makes a miss of the whole. */
  async #reveal(key: FullKey, value: V, asker: Asker): Promise<unknown> {
    let isWhole = true
    const onUnresolved = () => {
      isWhole = false
      return undefined
    }
    const revealed = await this.#keeper.reveal(entryAt(key), value, asker, onUnresolved)
    return isWhole ? revealed : MISS
  }

  #skip(error: unknown, count: number): void {
    if (!(error instanceof SecretSafeError)) throw error
    this.#shared.skipped += count
    if (this.#shared.told.has(error.code)) return
    this.#shared.told.add(error.code)
    process.emitWarning(`A value was not cached: ${error.message}`, { code: 'SECRET_SAFE_CACHE' })
  }

  #asker(): Asker {
    const { options, vault } = this.#keeper
    // LangGraph's queue calls in the run's own flow, and nobody else does.
    const asking = { ...this.#asking, isQueued: true, run: runIdentity() }
    return askerOf(options.identities, asking, this, vault.peek()?.tenant)
  }
}

const MISS = Symbol('miss')

const copyOf = ([namespace]: FullKey, value: unknown): unknown =>
  copyCall(new KeptValue(entryAt([namespace, '']), value)).value

/** An outage is a miss; a wrong key or schema is a mistake that somebody has to see. */
async function orMiss<T>(work: Promise<T>): Promise<T | typeof MISS> {
  try {
    return await work
  } catch (error) {
    if (error instanceof SecretSafeError && error.retryable) return MISS
    throw error
  }
}
