import type { Principal } from '../principal.js'

/**
 * Where a run's token stands in `configurable`. Neither traces nor metadata copy a key that begins with `__`, and a
 * SecretSafeSaver with an `identity` never hands it on. Use `secret(token)` as the value, so that it prints `[redacted]` in
 * the stream modes `debug` and `checkpoints`, which show a run's whole configuration.
 */
export const TOKEN_KEY = '__secret_safe_token'

/** Where a token is used, as the caller says; a token for one run is good for no other. */
export interface IdentityScope {
  readonly threadId?: string
  readonly runId?: string
  /** Of the vault or of `as`, once it is known. */
  readonly tenant?: string
}

/** Turns a token into who asks. Asked at every read and write, so that a revocation holds at once. */
export interface TokenVerifier {
  /**
   * @throws IdentityError for a token that is not good; IdentityUnavailableError (retryable) when that cannot be told now.
   * Whatever else it throws denies, too.
   */
  verify(token: string, scope?: IdentityScope): Promise<Principal>
}

/** A mark of `secret()`, by its brand: `secret` belongs to the saver, and this folder is below it. */
const SECRET = Symbol.for('langgraph-secret-safe.secret')

/** The text of a token, or of a marked one; null for whatever else stands in its place. */
export function tokenText(token: unknown): string | null {
  if (typeof token === 'string') return token
  if (typeof token !== 'object' || token === null) return null
  const { [SECRET]: marked, expose } = token as { readonly [SECRET]?: unknown; readonly expose?: unknown }
  if (marked !== true || typeof expose !== 'function') return null
  const text: unknown = expose.call(token)
  return typeof text === 'string' ? text : null
}
