export type { AccessRequest, ApprovalRequirement, Authorizer, Decision, Verb } from './access/authorizer.js'
export { attenuate } from './access/capability.js'
export type { JwtVerifierOptions } from './access/identity/jwt-options.js'
export { jwtVerifier } from './access/identity/jwt-verifier.js'
export { type OidcVerifierOptions, oidcVerifier } from './access/identity/oidc-verifier.js'
export {
  type PlatformAuth,
  type PlatformAuthOptions,
  type PlatformUser,
  platformAuth,
} from './access/identity/platform-auth.js'
export type { ClaimNames } from './access/identity/principal-claims.js'
export type { PublicJwk, StaticKeys } from './access/identity/static-keys.js'
export { type IdentityScope, TOKEN_KEY, type TokenVerifier } from './access/identity/token-verifier.js'
export type { GrantableVerb, Narrowing } from './access/limits.js'
export type { CedarOptions } from './access/policy/cedar.js'
export type { CedarEntity } from './access/policy/cedar-request.js'
export { combineAuthorizers } from './access/policy/combine.js'
export type { PolicyConditions, PolicyDefinition, PolicyRule, TimeWindow } from './access/policy/definition.js'
export type { OpaOptions } from './access/policy/opa.js'
export type { Policy, PolicyExplanation, RuleExplanation } from './access/policy/policy.js'
export { type Principal, runAs } from './access/principal.js'
export { type UseSecretOptions, useSecret } from './agent/use-secret.js'
export { defineConfig, type SecretSafeConfig } from './config/config.js'
export { createPolicy, type PolicyOptions } from './config/create-policy.js'
export type { CustomRule } from './config/custom-rule.js'
export { cedarAuthorizer, opaAuthorizer } from './config/policy-engines.js'
export { type PolicyFile, type PolicyFileOptions, type PolicyStatus, policyFromFile } from './config/policy-file.js'
export {
  type AllowEntry,
  createDetector,
  type Detector,
  type DetectorOptions,
  type Finding,
  type Rule,
} from './detect-entry.js'
export {
  ApprovalRequiredError,
  ClaimDeniedError,
  ClaimUrlError,
  ConfigError,
  DependencyError,
  EnvelopeError,
  IdentityError,
  type IdentityReason,
  IdentityUnavailableError,
  InputError,
  KeyInvalidError,
  KeyMismatchError,
  KeyProviderError,
  LedgerBrokenError,
  LimitError,
  SecretInFilterError,
  SecretInNameError,
  SecretSafeError,
  type SecretSafeErrorCode,
  UnresolvedClaimError,
  ValueUnsupportedError,
  VaultClosedError,
  VaultReadOnlyError,
  VaultSchemaError,
  VaultUnavailableError,
} from './errors.js'
export { type AnchoredRoot, fileAnchor, type LedgerAnchor, webhookAnchor } from './ledger/anchors.js'
export type { LedgerEntry, LedgerEvent, LedgerOperation, LedgerQuery } from './ledger/event.js'
export { toCloudEvent } from './ledger/export/cloud-event.js'
export { toOcsf } from './ledger/export/ocsf.js'
export type { LedgerRollback } from './ledger/head-keeper.js'
export type { LedgerFinding, LedgerFindingKind, LedgerReport } from './ledger/ledger-report.js'
export type { LedgerSink } from './ledger/sinks/ledger-sink.js'
export { ndjsonSink } from './ledger/sinks/ndjson-sink.js'
export { webhookSink } from './ledger/sinks/webhook-sink.js'
export type { ChannelMode } from './saver/channel-modes.js'
export type { CopyResult } from './saver/copy-thread.js'
export type { SecretSafeSaverOptions } from './saver/options.js'
export type { Unresolved } from './saver/reveal.js'
export { isSecret, type Secret, secret } from './saver/secret.js'
export { type SecretSafeOptions, secretSafe } from './saver/secret-safe.js'
export { SecretSafeSaver } from './saver/secret-safe-saver.js'
export { secretFields, secretSchema } from './saver/secret-schema.js'
export type { SecretInterrupt, UseSecretContext } from './saver/use-secret.js'
export type { BoundKey, KeyProvider, PlainKey, UnwrapResult, WrappedKey } from './seal/key-provider.js'
export { AwsKmsKeys, type AwsKmsKeysOptions } from './seal/keys/aws-kms.js'
export { combineKeys } from './seal/keys/combined-keys.js'
export { keyProviderFrom } from './seal/keys/key-address.js'
export { KeyRing } from './seal/keys/key-ring.js'
export { Pkcs11Keys, type Pkcs11KeysOptions } from './seal/keys/pkcs11.js'
export { TransitKeys, type TransitKeysOptions } from './seal/keys/transit.js'
export type { ApprovalOptions } from './vault/approvals/approval-notices.js'
export type { ApprovalInfo, ApprovalSelection } from './vault/approvals/list-approvals.js'
export type {
  CapabilityOptions,
  ClaimOptions,
  Consumer,
  CreateOptions,
  GrantOptions,
  HandoffOptions,
  ReinstateTarget,
  ReplaceOptions,
  RevokeTarget,
} from './vault/claim-options.js'
export type { UnresolvedReason } from './vault/claim-row.js'
export type { ClaimStore } from './vault/claim-store.js'
export { ClaimVault } from './vault/claim-vault.js'
export { type EndRunOptions, endRunOnAbort } from './vault/end-run-on-abort.js'
export type { GrantInfo } from './vault/grants/list-grants.js'
export type { BranchKeyRow, KeyStore } from './vault/key-store.js'
export type { DestroyOptions, DestroyResult } from './vault/keys/destroy-expired-keys.js'
export type { KeyInUse } from './vault/keys/keys-in-use.js'
export type { KeyLeft, RotateOptions, RotationProgress, RotationResult } from './vault/keys/rotate-keys.js'
export type { LedgerOptions } from './vault/ledger-options.js'
export type { PruneOptions, SealResult } from './vault/ledger-upkeep.js'
export type { ClaimInfo } from './vault/peek.js'
export type { QuotaOptions } from './vault/quotas.js'
export type { RefreshInfo, RefreshOptions } from './vault/refresher.js'
export type { ReplaceResult } from './vault/replace.js'
export { compareSchema, type SchemaDifference } from './vault/stores/compare-schema.js'
export { MemoryClaimStore } from './vault/stores/memory.js'
export type { By, ClaimVaultOptions } from './vault/vault-options.js'
export type { VerifyLedgerOptions } from './vault/verify-store.js'
