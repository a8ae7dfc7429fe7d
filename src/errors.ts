/**
 * Every error that this package throws. `code` is stable public API; messages may change.
 * No error carries a secret: not in its message, not in its cause.
 */
export type SecretSafeErrorCode =
  | 'ERR_APPROVAL_REQUIRED'
  | 'ERR_CLAIM_DENIED'
  | 'ERR_CLAIM_URL_INVALID'
  | 'ERR_CONFIG_INVALID'
  | 'ERR_CREDENTIAL_UNAVAILABLE'
  | 'ERR_DEPENDENCY_MISSING'
  | 'ERR_ENVELOPE_INVALID'
  | 'ERR_IDENTITY_INVALID'
  | 'ERR_IDENTITY_UNAVAILABLE'
  | 'ERR_INPUT_INVALID'
  | 'ERR_KEY_INVALID'
  | 'ERR_KEY_MISMATCH'
  | 'ERR_KEY_PROVIDER'
  | 'ERR_LEDGER_BROKEN'
  | 'ERR_LIMIT_EXCEEDED'
  | 'ERR_SECRET_IN_FILTER'
  | 'ERR_SECRET_IN_NAME'
  | 'ERR_STORE_UNREADABLE'
  | 'ERR_TOOL_DENIED'
  | 'ERR_UNRESOLVED'
  | 'ERR_VALUE_UNSUPPORTED'
  | 'ERR_VAULT_CLOSED'
  | 'ERR_VAULT_READ_ONLY'
  | 'ERR_VAULT_SCHEMA'
  | 'ERR_VAULT_UNAVAILABLE'

export interface SecretSafeErrorOptions {
  /** An error of ours, or the `code` of a foreign one. A foreign error itself may quote what it was given. */
  cause?: SecretSafeError | { readonly code: string } | undefined
}

/** Base class. Switch on `code`; retry when `retryable` is true. */
export class SecretSafeError extends Error {
  readonly code: SecretSafeErrorCode
  /** True when the same call may succeed later without any change by the caller. */
  readonly retryable: boolean = false

  constructor(code: SecretSafeErrorCode, message: string, options: SecretSafeErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.name = new.target.name
  }
}

/** A policy lets this principal have the claim once others have agreed; a request is open. Claim it again afterwards. */
export class ApprovalRequiredError extends SecretSafeError {
  constructor(readonly approvalId: string) {
    super(
      'ERR_APPROVAL_REQUIRED',
      `This claim is given out once others have agreed: request ${approvalId}. See secret-safe approvals list.`,
    )
  }
}

/** Unknown, foreign, expired, revoked, used up, or not permitted: one outward error, so that it is no oracle. */
export class ClaimDeniedError extends SecretSafeError {
  constructor(message = 'The claim does not exist, has ended, or is not permitted for this principal.') {
    super('ERR_CLAIM_DENIED', message)
  }
}

/** The text given to `claim` or `revoke` is not a claim URL of this vault and thread. */
export class ClaimUrlError extends SecretSafeError {
  constructor(message: string) {
    super('ERR_CLAIM_URL_INVALID', message)
  }
}

/** An option, a configuration file or an environment variable is not usable. */
export class ConfigError extends SecretSafeError {
  constructor(message: string, options?: SecretSafeErrorOptions) {
    super('ERR_CONFIG_INVALID', message, options)
  }
}

/** A named credential cannot be had from its source. Quotes nothing of what the source said. */
export class CredentialError extends SecretSafeError {
  constructor(
    readonly credential: string,
    why: string,
  ) {
    super('ERR_CREDENTIAL_UNAVAILABLE', `The credential ${credential} cannot be had: ${why}.`)
  }
}

/** An optional peer is needed now and is not installed; the message names the command that installs it. */
export class DependencyError extends SecretSafeError {
  constructor(message: string, options?: SecretSafeErrorOptions) {
    super('ERR_DEPENDENCY_MISSING', message, options)
  }
}

/** Any failure to open an envelope: a wrong key, a changed byte, other associated data. Deliberately one message. */
export class EnvelopeError extends SecretSafeError {
  constructor() {
    super('ERR_ENVELOPE_INVALID', 'The sealed payload could not be opened: wrong key, wrong claim, or damaged bytes.')
  }
}

/**
 * Why an identity was refused. `source`: a token without a verifier, or a source that answered with no principal. `run` and
 * `tenant`: a principal that is bound to another one.
 */
export type IdentityReason =
  | 'malformed'
  | 'algorithm'
  | 'type'
  | 'key-unknown'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not-yet-valid'
  | 'claims'
  | 'revoked'
  | 'replayed'
  | 'run'
  | 'tenant'
  | 'source'

/** A token, or another proof of who asks, was refused. Quotes nothing of it. */
export class IdentityError extends SecretSafeError {
  constructor(readonly reason: IdentityReason) {
    super('ERR_IDENTITY_INVALID', `The identity was refused: ${reason}.`)
  }
}

/** Whether a token is good cannot be told now: the issuer's keys or its revocations cannot be had. Denied; retry. */
export class IdentityUnavailableError extends SecretSafeError {
  override readonly retryable = true
  constructor(message: string, options?: SecretSafeErrorOptions) {
    super('ERR_IDENTITY_UNAVAILABLE', message, options)
  }
}

/** An argument of a public call is missing or has the wrong type. */
export class InputError extends SecretSafeError {
  constructor(message: string) {
    super('ERR_INPUT_INVALID', message)
  }
}

/** A key-encryption key is missing, blank or malformed. There is no plaintext fallback. */
export class KeyInvalidError extends SecretSafeError {
  constructor(message: string) {
    super('ERR_KEY_INVALID', message)
  }
}

/** The key ring holds no key that this vault was made with. Names both key ids. */
export class KeyMismatchError extends SecretSafeError {
  constructor(
    readonly vaultKeyId: string,
    readonly ringKeyId: string,
  ) {
    super(
      'ERR_KEY_MISMATCH',
      `This vault's keys are wrapped by key ${vaultKeyId}, but the key ring's current key is ${ringKeyId} and it holds no other that fits. Set SECRET_SAFE_KEY to the vault's key, or list that key in SECRET_SAFE_KEYS_OLD.`,
    )
  }
}

/** A key provider could not wrap or unwrap. */
export class KeyProviderError extends SecretSafeError {
  constructor(
    message: string,
    override readonly retryable: boolean,
    options?: SecretSafeErrorOptions,
  ) {
    super('ERR_KEY_PROVIDER', message, options)
  }
}

/** The ledger is not what was sealed, so nothing of it is removed. `secret-safe ledger verify` says what is wrong. */
export class LedgerBrokenError extends SecretSafeError {
  constructor(message: string) {
    super('ERR_LEDGER_BROKEN', message)
  }
}

/** A cap (state size, secret size, claims of a call, nesting) was exceeded; nothing was stored. */
export class LimitError extends SecretSafeError {
  constructor(message: string) {
    super('ERR_LIMIT_EXCEEDED', message)
  }
}

/** `list({ filter })` holds a secret, and the call has no thread id or no right to restore; or the filter of a store holds one. */
export class SecretInFilterError extends SecretSafeError {
  constructor(message: string) {
    super('ERR_SECRET_IN_FILTER', message)
  }
}

/** A thread id, namespace, key, task or channel name is a secret for certain; names are stored as they are. */
export class SecretInNameError extends SecretSafeError {
  constructor(message: string) {
    super('ERR_SECRET_IN_NAME', message)
  }
}

/** A checkpoint store or a dump that was to be audited cannot be read, or not any longer. */
export class StoreUnreadableError extends SecretSafeError {
  constructor(message: string, options?: SecretSafeErrorOptions) {
    super('ERR_STORE_UNREADABLE', message, options)
  }
}

/**
 * A tool may not be given this secret, by its own configuration; `secret` is the id of a rule or the name of a credential,
 * `host` where its arguments would have sent it.
 */
export class ToolDeniedError extends SecretSafeError {
  constructor(
    readonly tool: string,
    readonly secret: string,
    readonly host?: string,
  ) {
    const where = host === undefined ? '' : ` for ${host}`
    super('ERR_TOOL_DENIED', `The tool ${JSON.stringify(tool)} may not use ${secret}${where}.`)
  }
}

/** `onUnresolved: 'throw'` met a claim that was not restored. */
export class UnresolvedClaimError extends SecretSafeError {
  constructor(readonly reason: string) {
    super('ERR_UNRESOLVED', `A claim was not given out: ${reason}.`)
  }
}

/** A marked value cannot be serialized, so it cannot be sealed. */
export class ValueUnsupportedError extends SecretSafeError {
  constructor(message: string) {
    super('ERR_VALUE_UNSUPPORTED', message)
  }
}

/** The vault was closed before this call. */
export class VaultClosedError extends SecretSafeError {
  constructor() {
    super('ERR_VAULT_CLOSED', 'The vault is closed.')
  }
}

/** The claim store accepts no writes, so no ledger event can be written and no plaintext is given out. */
export class VaultReadOnlyError extends SecretSafeError {
  constructor(options?: SecretSafeErrorOptions) {
    super('ERR_VAULT_READ_ONLY', 'The claim store is read-only: claims can be neither minted nor restored.', options)
  }
}

/** The claim store's schema is newer than this version, or is not a vault. */
export class VaultSchemaError extends SecretSafeError {
  constructor(message: string, options?: SecretSafeErrorOptions) {
    super('ERR_VAULT_SCHEMA', message, options)
  }
}

/** The claim store cannot be reached, is full or is locked. Retry. */
export class VaultUnavailableError extends SecretSafeError {
  override readonly retryable = true
  constructor(message: string, options?: SecretSafeErrorOptions) {
    super('ERR_VAULT_UNAVAILABLE', message, options)
  }
}

/** The part of a foreign error that is safe to keep: its code. */
export function foreignCode(error: unknown): { readonly code: string } | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  const { code } = error
  return typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : undefined
}
