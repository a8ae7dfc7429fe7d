import { type BaseStore, InMemoryCache, InMemoryStore } from '@langchain/langgraph-checkpoint'
import {
  SecretSafeCache,
  type SecretSafeCacheOptions,
  SecretSafeStore,
  type SecretSafeStoreOptions,
} from '../../src/agent.js'
import type { ClaimVaultOptions } from '../../src/index.js'
import { dumpMemoryCache, dumpMemoryStore } from '../../src/testing/leak/dump/memory.js'
import type { StoredBytes } from '../../src/testing/leak/stored-bytes.js'
import { ALICE, Harness } from './vault-harness.js'

/** A wrapped InMemoryStore, and a vault in memory whose clock and failures are the test's. */
export async function storeHarness(
  options: Partial<SecretSafeStoreOptions> = {},
  vaultOptions: Partial<ClaimVaultOptions> = {},
  inner = new InMemoryStore(),
) {
  const h = await Harness.open({}, vaultOptions)
  const wrap = <Inner extends BaseStore>(around: Inner, more: Partial<SecretSafeStoreOptions> = {}) =>
    new SecretSafeStore(around, { vault: h.vault, principal: ALICE, ...options, ...more })
  return {
    h,
    inner,
    store: wrap(inner),
    /** The same store and vault as another process sees them. */
    elsewhere: (more: Partial<SecretSafeStoreOptions> = {}) => wrap(inner, more),
    stored: () => textOf(dumpMemoryStore(inner)),
  }
}

/** The same for an InMemoryCache. */
export async function cacheHarness(
  options: Partial<SecretSafeCacheOptions> = {},
  vaultOptions: Partial<ClaimVaultOptions> = {},
) {
  const h = await Harness.open({}, vaultOptions)
  const inner = new InMemoryCache<unknown>()
  const wrap = (more: Partial<SecretSafeCacheOptions> = {}) =>
    new SecretSafeCache(inner, { vault: h.vault, principal: ALICE, ...options, ...more })
  return { h, inner, cache: wrap(), elsewhere: wrap, stored: () => textOf(dumpMemoryCache(inner)) }
}

const textOf = (stored: readonly StoredBytes[]): string =>
  stored.map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n')
