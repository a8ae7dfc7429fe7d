export { SqliteClaimStore, type SqliteClaimStoreOptions } from './vault/stores/sqlite.js'
