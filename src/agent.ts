/** `langgraph-secret-safe/agent`: what a running graph calls, so that its model never sees a credential. */
export { type CacheCounters, SecretSafeCache, type SecretSafeCacheOptions } from './agent/cache/secret-safe-cache.js'
export type { SecretSafeStoreOptions } from './agent/store/options.js'
export { isSecretSafeStore, SecretSafeStore, type StoreSecret } from './agent/store/secret-safe-store.js'
export { storeOf, type WithStore } from './agent/store/store-of.js'
export { type UseSecretOptions, useSecret } from './agent/use-secret.js'
