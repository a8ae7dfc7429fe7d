import type { KeyProviderError } from '../errors.js'

/** A key wrapped by a key-encryption key. */
export interface WrappedKey {
  readonly keyId: string
  readonly bytes: Uint8Array
}

/** A data key, and the canonical bytes that its wrapping is bound to. */
export interface PlainKey {
  readonly key: Uint8Array
  readonly context: Uint8Array
}

/** A wrapped key, and the context that it was wrapped with. */
export interface BoundKey {
  readonly wrapped: WrappedKey
  readonly context: Uint8Array
}

/**
 * Wraps and unwraps data keys under a key-encryption key (KEK) that stays outside the database. Asynchronous, since
 * KMS, transit and PKCS#11 keys are not exportable. `describeKeyProvider` is its specification.
 *
 * A `KeyProviderError` that is not retryable says that the wrapped key itself is damaged or belongs elsewhere, and then
 * only its own claims are unreadable. A service that is down, throttles or refuses is retryable: nothing is known yet.
 */
export interface KeyProvider {
  /** Id of the key that `wrap` uses now. Reveals nothing about the key. */
  currentId(): Promise<string>
  /**
   * @param key 32 bytes.
   * @param context canonical bytes that must be identical at `unwrap`.
   * @throws KeyProviderError
   */
  wrap(key: Uint8Array, context: Uint8Array): Promise<WrappedKey>
  /**
   * @returns the key, or null for "not one of mine".
   * @throws KeyProviderError for "mine, but broken": other context, changed bytes, or a service that is down (retryable).
   */
  unwrap(wrapped: WrappedKey, context: Uint8Array): Promise<Uint8Array | null>
  /**
   * Many in one request, where the service has batches; answers in order, a damaged key as its error.
   * @throws KeyProviderError (retryable) when the service does not answer.
   */
  unwrapMany?(keys: readonly BoundKey[]): Promise<readonly UnwrapResult[]>
  /** @throws KeyProviderError */
  wrapMany?(keys: readonly PlainKey[]): Promise<readonly WrappedKey[]>
  /**
   * Wraps keys anew under the current key inside the service. Answers null for a key that it cannot take that way; such
   * a key is unwrapped and wrapped.
   * @throws KeyProviderError (retryable) when the service does not answer.
   */
  rewrapMany?(keys: readonly BoundKey[]): Promise<readonly (WrappedKey | null)[]>
  /** Lets go of connections and sessions; a later call opens them again. */
  close?(): Promise<void>
}

/** The key, null for "not one of mine", or why it is broken. */
export type UnwrapResult = Uint8Array | null | KeyProviderError
