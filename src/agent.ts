/** `langgraph-secret-safe/agent`: what a running graph calls, so that its model never sees a credential. */

export { type CacheCounters, SecretSafeCache, type SecretSafeCacheOptions } from './agent/cache/secret-safe-cache.js'
export {
  type CredentialDefinition,
  type CredentialRequest,
  type CredentialSource,
  Credentials,
  type IssuedCredential,
} from './agent/credentials/credentials.js'
export { type SecretsMiddlewareOptions, secretsMiddleware } from './agent/middleware/secrets-middleware.js'
export { type GuardModelOptions, guardModel } from './agent/model/guard-model.js'
export type { Covered } from './agent/protect/coverage.js'
export {
  type AgentParts,
  type ProtectAgentOptions,
  type ProtectedParts,
  protectAgent,
} from './agent/protect/protect-agent.js'
export type { SecretSafeStoreOptions } from './agent/store/options.js'
export { isSecretSafeStore, SecretSafeStore, type StoreSecret } from './agent/store/secret-safe-store.js'
export { storeOf, type WithStore } from './agent/store/store-of.js'
export { scrubConsole } from './agent/talk/console.js'
export { type AnonymizerOptions, langsmithAnonymizer, scrubTracing } from './agent/talk/langsmith.js'
export { type PinoHooks, pinoHooks, type WinstonFormat, winstonFormat } from './agent/talk/loggers.js'
export { createScrubber, type ScrubberOptions, scrubText, TalkScrubber } from './agent/talk/scrubber.js'
export { scrubSpans } from './agent/talk/spans.js'
export type { Egress } from './agent/tools/egress.js'
export { type SecretFetchOptions, secretFetch } from './agent/tools/secret-fetch.js'
export type { ToolSecrets } from './agent/tools/tool-secrets.js'
export {
  type ScrubToolOptions,
  scrubToolOutput,
  type WithSecretsOptions,
  withSecrets,
} from './agent/tools/with-secrets.js'
export { type UseSecretOptions, useSecret } from './agent/use-secret.js'
