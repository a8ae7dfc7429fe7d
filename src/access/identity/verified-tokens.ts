import type { Principal } from '../principal.js'

/** What a signature has vouched for. */
export interface VerifiedToken {
  readonly principal: Principal
  readonly claims: Readonly<Record<string, unknown>>
  /** Of the key that verified it. */
  readonly keyId: string
  readonly jti: string | undefined
  /** Ms since the epoch: its `exp`, or the most that its age may be, with the tolerance. */
  readonly endsAt: number
}

/** Verified tokens by the SHA-256 of the whole token, never by the token itself; the least recently used goes first. */
export class VerifiedTokens {
  readonly #tokens = new Map<string, VerifiedToken>()
  readonly #maxTokens: number

  constructor(maxTokens: number) {
    this.#maxTokens = maxTokens
  }

  /** @param keyIds of the issuer's present keys: what another key has verified is not good any more. */
  get(hash: string, keyIds: ReadonlySet<string>): VerifiedToken | undefined {
    const token = this.#tokens.get(hash)
    if (token === undefined) return undefined
    this.#tokens.delete(hash)
    if (token.endsAt <= Date.now() || !keyIds.has(token.keyId)) return undefined
    this.#tokens.set(hash, token)
    return token
  }

  set(hash: string, token: VerifiedToken): void {
    this.#tokens.delete(hash)
    if (this.#tokens.size >= this.#maxTokens) this.#tokens.delete(this.#tokens.keys().next().value!)
    this.#tokens.set(hash, token)
  }
}
