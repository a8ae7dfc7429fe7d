import type { CallIdentity } from '../access/identity/identities.js'
import { namedRule } from '../access/policy/secret-class.js'
import type { Principal } from '../access/principal.js'
import type { Hit } from '../detect/types.js'
import type { ClaimUrlParts } from '../vault/claim-url.js'
import type { ClaimVault } from '../vault/claim-vault.js'
import type { ClaimScope } from '../vault/scrub/claim-scope.js'
import { Scrubber, type ScrubContext, sealable } from '../vault/scrub/scrubber.js'
import { subjectOf } from '../vault/vault-context.js'
import { MEMORY_FORM } from './live-form.js'
import type { ResolvedOptions } from './options.js'
import { storeClaims } from './store-claims.js'
import { takeClaim, type UseContext, type UseSecretContext, useClaim } from './use-secret.js'

/** A value with claim URLs in the place of its secrets. */
export interface Covered<T> {
  readonly value: T
  /** Settles when the vault holds the claims: before that, nobody can use the URLs. */
  readonly stored: Promise<void>
}

export interface UseOptions extends UseSecretContext {
  /** As whom, in place of the reader of the run. */
  readonly principal?: Principal | null
  /** What it is for, in place of the graph's node. */
  readonly task?: string
}

export interface ThreadSecretsParts {
  readonly context: ScrubContext & { readonly scope: ClaimScope }
  readonly vault: ClaimVault
  readonly identity: CallIdentity
  readonly options: ResolvedOptions
}

/** Where names of credentials are placed; no graph's channel begins with `@`. */
const CREDENTIALS = '@credentials'

/** The secrets of one thread, for what runs in it: the same claims and URLs that the saver stores. */
export class ThreadSecrets {
  readonly #parts: ThreadSecretsParts
  /** What is scrubbed here goes on living in memory, where a URL is not escaped. */
  readonly #context: ScrubContext

  constructor(parts: ThreadSecretsParts) {
    this.#parts = parts
    this.#context = { ...parts.context, isStored: true }
  }

  get threadId(): string {
    return this.#parts.context.scope.threadId
  }

  /** Of the run's reader; null for nobody. */
  async principal(): Promise<Principal | null> {
    return this.#parts.identity.principal()
  }

  owns(url: ClaimUrlParts): boolean {
    return this.#parts.context.scope.owns(url)
  }

  /** What would be sealed in a text, known values included. */
  hits(text: string): readonly Hit[] {
    const { memory, scanner } = this.#context
    return sealable(memory.scan(scanner, text, {}, false))
  }

  /** Where a known value has begun that the end of a text breaks off; the text's length for none. */
  begunAt(text: string): number {
    return this.#context.memory.known.begunAt(text)
  }

  /** Grows with each value that becomes known in this thread. */
  get version(): number {
    return this.#context.memory.known.version
  }

  /**
   * A value as a write into `channel` would store it; the very value where it is clean. The vault holds its claims then.
   * @throws LimitError, VaultUnavailableError (retryable) and what else a write throws; then nothing is given out.
   */
  async scrub<T>(value: T, channel: string): Promise<T> {
    for (;;) {
      const { value: scrubbed, items } = this.#scrub(value, channel)
      if (items.length === 0 || (await this.#store(items))) return scrubbed as T
    }
  }

  /** As `scrub`, for a caller that cannot wait. @throws LimitError */
  cover<T>(value: T, channel: string): Covered<T> {
    const { value: covered, items } = this.#scrub(value, channel)
    const stored = items.length === 0 ? Promise.resolve() : this.#store(items).then(() => undefined)
    return { value: covered as T, stored }
  }

  /** See `SecretSafeSaver.useSecret`. */
  async use<Value, Result>(
    url: string,
    use: (value: Value) => Result | Promise<Result>,
    options: UseOptions = {},
  ): Promise<Result> {
    return useClaim(url, use, await this.#useContext(options))
  }

  /**
   * Asks for the right to use a credential that lies elsewhere: a claim of its name, which is decided, recorded, approved and
   * revoked as any other, and holds no value.
   * @throws UnresolvedClaimError with the reason, ApprovalRequiredError outside a graph, VaultUnavailableError.
   */
  async useNamed(name: string, options: UseOptions = {}): Promise<void> {
    const { scope } = this.#context
    const json = JSON.stringify({ credential: name })
    const { id, url, payload } = this.#parts.context.scope.claim({ kind: 'json', json })
    const place = scope.place(CREDENTIALS, '')
    const { memory, runId } = this.#context
    if (!memory.isConfirmed(id, place, runId)) {
      await this.#store([
        { id, payload, secret: json, ruleId: namedRule(name), kind: 'private', channel: CREDENTIALS, place },
      ])
    }
    await takeClaim(url, await this.#useContext(options))
  }

  /** From now on found in later text, whoever writes it. */
  know(value: string): void {
    this.#context.memory.known.add(value)
  }

  async #useContext({ interrupt, onUnresolved, mayHave, principal, task }: UseOptions): Promise<UseContext> {
    const { context, vault, options } = this.#parts
    const { scope, memory, runId, node } = context
    return {
      vault: vault.context(),
      scope,
      memory,
      principal: principal === undefined ? await this.principal() : principal,
      runId,
      node: task ?? node,
      interrupt,
      mayHave,
      onUnresolved: onUnresolved ?? options.unresolvedUse,
    }
  }

  /** Again while new known values turn up: one that was found last is replaced in what came first, too. */
  #scrub(value: unknown, channel: string) {
    for (;;) {
      const { version } = this
      const scrubber = new Scrubber(this.#context, MEMORY_FORM)
      const scrubbed = scrubber.scrub(value, channel, false)
      if (this.version === version) return { value: scrubbed, items: [...scrubber.items.values()] }
    }
  }

  /** False when the claim of an alias holds another value by now. */
  async #store(items: Parameters<typeof storeClaims>[0]['items']): Promise<boolean> {
    const { vault, options } = this.#parts
    const { ttlMs, boundByCredential } = options
    const { runId, node } = this.#context
    const subject = subjectOf(await this.principal(), runId, node)
    const terms = { ttlMs, boundByCredential, subject }
    return !(await storeClaims({ items, pasted: [] }, this.#context, vault, terms)).isStale
  }
}
