export { type ClaimStoreFixture, describeClaimStore } from './testing/describe-claim-store.js'
export { describeKeyProvider, type KeyProviderFixture } from './testing/describe-key-provider.js'
export { type DescribeLeaksOptions, describeLeaks } from './testing/leak/describe.js'
export {
  type Area,
  type CanaryKind,
  createCanary,
  DURABILITIES,
  type Durability,
  dumpError,
  dumpMemory,
  dumpPostgres,
  dumpSqlite,
  dumpSqliteFiles,
  findCanaries,
  type LeakPath,
  type LeakPathInit,
  type LeakReport,
  type LeakRow,
  type LeakRun,
  type LeakSuiteOptions,
  type LeakTarget,
  leakPath,
  leakPaths,
  type PostgresFiles,
  type PostgresReader,
  runLeakSuite,
  type Sighting,
  type SqliteReader,
  type StoredBytes,
  type WatchedOutput,
  watchOutput,
  watchPostgresFiles,
} from './testing/leak/index.js'
export { fillTemplate, type Random, seededRandom } from './testing/templates.js'
export { type HoldNoSecretsOptions, toHoldNoSecrets } from './testing/to-hold-no-secrets.js'
