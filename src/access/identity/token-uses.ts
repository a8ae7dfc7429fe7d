import { IdentityError, IdentityUnavailableError } from '../../errors.js'
import type { IdentityScope } from './token-verifier.js'

interface Use {
  readonly tokenHash: string
  readonly endsAt: number
  scope?: string
}

/**
 * Which token each `jti` came with, and under `oneRun` where it was used first. Of this process: another one knows nothing
 * of it. Holds only what a signature has vouched for. When it is full the oldest is forgotten, or under `oneRun` a new token
 * refused: there, forgetting would let an old one into another run.
 */
export class TokenUses {
  readonly #uses = new Map<string, Use>()
  readonly #maxUses: number
  readonly #oneRun: boolean

  constructor(maxUses: number, oneRun: boolean) {
    this.#maxUses = maxUses
    this.#oneRun = oneRun
  }

  /**
   * @param scope where it is used; under `oneRun` with a thread.
   * @throws IdentityError `replayed`, or `run` without a thread; IdentityUnavailableError when too many tokens are in use.
   */
  record(jti: string, tokenHash: string, endsAt: number, { threadId, runId = '' }: IdentityScope): void {
    if (this.#oneRun && threadId === undefined) throw new IdentityError('run')
    let use = this.#live(jti)
    if (use === undefined) {
      this.#makeRoom()
      use = { tokenHash, endsAt }
      this.#uses.set(jti, use)
    }
    if (use.tokenHash !== tokenHash) throw new IdentityError('replayed')
    if (!this.#oneRun) return
    const place = JSON.stringify([threadId, runId])
    use.scope ??= place
    if (use.scope !== place) throw new IdentityError('replayed')
  }

  #live(jti: string): Use | undefined {
    const use = this.#uses.get(jti)
    if (use === undefined || use.endsAt > Date.now()) return use
    this.#uses.delete(jti)
    return undefined
  }

  #makeRoom(): void {
    if (this.#uses.size < this.#maxUses) return
    const now = Date.now()
    for (const [jti, { endsAt }] of this.#uses) if (endsAt <= now) this.#uses.delete(jti)
    if (this.#uses.size < this.#maxUses) return
    if (!this.#oneRun) this.#uses.delete(this.#uses.keys().next().value!)
    else {
      throw new IdentityUnavailableError(`More than ${this.#maxUses} tokens are in use; raise maxTokens.`)
    }
  }
}
