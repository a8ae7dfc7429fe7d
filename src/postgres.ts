export {
  PostgresClaimStore,
  type PostgresClaimStoreOptions,
  type PostgresSchemaOptions,
} from './vault/stores/postgres.js'
export type { PostgresClient, PostgresPool, PostgresPoolOptions } from './vault/stores/postgres-pool.js'
