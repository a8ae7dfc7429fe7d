/** A key wrapped by a key-encryption key. */
export interface WrappedKey {
  readonly keyId: string
  readonly bytes: Uint8Array
}

/**
 * Wraps and unwraps data keys under a key-encryption key (KEK) that stays outside the database. Asynchronous, since
 * KMS, transit and PKCS#11 keys are not exportable.
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
}
