export { RedisClaimStore, type RedisClaimStoreOptions, type RedisVaultOptions } from './vault/stores/redis.js'
export type { RedisClient, RedisConnectionOptions } from './vault/stores/redis-connection.js'
