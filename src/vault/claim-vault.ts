import { inspect } from 'node:util'
import { checkPrincipal, type Principal } from '../access/principal.js'
import { ClaimUrlError, InputError, VaultClosedError } from '../errors.js'
import type { LedgerEntry, LedgerQuery } from '../ledger/event.js'
import type { LedgerReport } from '../ledger/ledger-report.js'
import { type ApprovalInfo, type ApprovalSelection, approvalInfo, listApprovals } from './approvals/list-approvals.js'
import { vote } from './approvals/vote.js'
import {
  type CapabilityOptions,
  type ClaimOptions,
  type Consumer,
  type CreateOptions,
  checkConsumers,
  checkTime,
  type GrantOptions,
  type HandoffOptions,
  parseUrl,
  type ReinstateTarget,
  type ReplaceOptions,
  type RevokeTarget,
  requireText,
} from './claim-options.js'
import { createClaims } from './create-handoff.js'
import { findValue } from './find-value.js'
import { handOn, makeCapability } from './grants/hand-on.js'
import { type GrantInfo, grantInfo, listGrants } from './grants/list-grants.js'
import { type ClaimRequest, takeClaim } from './handoff.js'
import { type DestroyOptions, type DestroyResult, destroyExpiredKeys } from './keys/destroy-expired-keys.js'
import { type KeyInUse, keysInUse } from './keys/keys-in-use.js'
import { type RotateOptions, type RotationResult, rotateKeys } from './keys/rotate-keys.js'
import { flushHeld } from './ledger-options.js'
import { LedgerUpkeep, type PruneOptions, type SealResult } from './ledger-upkeep.js'
import { openContext } from './open-context.js'
import { type ClaimInfo, peekClaim } from './peek.js'
import { type ReplaceResult, replaceClaim } from './replace.js'
import { reinstateTarget, revokeTarget } from './revoke-target.js'
import { isSuspended, resumeHandoffs, suspendHandoffs } from './suspend.js'
import { Sweeper } from './sweeper.js'
import type { VaultContext } from './vault-context.js'
import type { By, ClaimVaultOptions } from './vault-options.js'
import type { VerifyLedgerOptions } from './verify-store.js'

/**
 * The encrypted side table: claims, their keys and their ledger.
 * @see docs/architecture.md
 */
export class ClaimVault {
  readonly tenant: string
  readonly maxTtlMs: number
  readonly maxSecretBytes: number
  readonly #context: VaultContext
  readonly #sweeper: Sweeper
  readonly #ledgerUpkeep: LedgerUpkeep
  #closed = false

  private constructor(context: VaultContext, options: ClaimVaultOptions) {
    this.#context = context
    this.tenant = options.tenant ?? 'default'
    this.maxTtlMs = context.limits.maxTtlMs
    this.maxSecretBytes = context.limits.maxSecretBytes
    this.#sweeper = new Sweeper(context.store, context.ledger)
    if (options.sweep !== 'manual') this.#sweeper.start()
    this.#ledgerUpkeep = new LedgerUpkeep(context, this.tenant, options.ledger ?? {})
    this.#ledgerUpkeep.start()
  }

  /**
   * Opens a vault, and makes it when the store is empty.
   * @throws KeyMismatchError for another key than the vault's, VaultSchemaError for a newer schema,
   * VaultUnavailableError (retryable) when the store cannot be reached.
   */
  static async open(options: ClaimVaultOptions): Promise<ClaimVault> {
    return new ClaimVault(await openContext(options), options)
  }

  /**
   * Makes an explicit handoff: never restored transparently, claimed at most `maxClaims` times.
   * @returns a claim URL. It is not a bearer token: claiming it takes a permitted principal of the same thread.
   * @throws LimitError for a value or metadata over `maxSecretBytes`, or for a quota; nothing was stored.
   */
  async create(value: string | Uint8Array, options: CreateOptions): Promise<string> {
    const [url] = await this.#create(value, options, [{ allow: options.allow ?? null }])
    return url!
  }

  /**
   * Makes a handoff for each of several consumers, each with its own URL, count and expiry: all of them or none.
   * `revoke({ grant: url })` ends one of them, `revoke({ claim: url })` all.
   * @returns URLs in the order of `consumers`, of which 1,000 at most.
   */
  async createFor(
    value: string | Uint8Array,
    consumers: readonly Consumer[],
    options: HandoffOptions,
  ): Promise<readonly string[]> {
    return this.#create(value, options, checkConsumers(consumers))
  }

  /**
   * Takes a claim: counted and atomic, so that of N racing callers exactly `maxClaims` win.
   * @throws ClaimUrlError for text that is not a claim URL of this vault and thread; ClaimDeniedError for an unknown,
   * ended or forbidden claim alike; ApprovalRequiredError when others have to agree first, who have been asked now; VaultUnavailableError (retryable), after which nothing was consumed.
   */
  async claim(url: string, options: ClaimOptions): Promise<string | Uint8Array> {
    const payload = await takeClaim(this.context(), this.#request(url, options))
    if (payload.kind === 'bytes') return payload.bytes
    return payload.kind === 'text' ? payload.text : payload.json
  }

  /**
   * What is known of a claim, also after its end; never its value. Not counted.
   * @throws ClaimUrlError, ClaimDeniedError as `claim` does.
   */
  async peek(url: string, options: ClaimOptions): Promise<ClaimInfo> {
    return peekClaim(this.context(), this.#request(url, options))
  }

  /**
   * Hands a part of what the principal has to somebody else, who claims or reads it as itself: fewer verbs, an earlier end,
   * a lower count, one run or task. What is used by it counts for every grant that it was narrowed from.
   * @throws InputError for what would be wider; ClaimUrlError, ClaimDeniedError as `claim` does; LimitError for the 9th step.
   */
  async grant(url: string, options: GrantOptions): Promise<GrantInfo> {
    const { to, from, ...narrowing } = options
    const request = { ...this.#request(url, options), to: narrowing, audience: [requireText('to', to)], from }
    return grantInfo(await handOn(this.context(), request))
  }

  /** Grants of a claim, whether they are good or not: all of them for who may `grant` it, else one's own. */
  async grants(url: string, options: ClaimOptions): Promise<readonly GrantInfo[]> {
    return listGrants(this.context(), this.#request(url, options))
  }

  /**
   * Makes a capability: a grant that its holder carries, and can narrow without the vault (`attenuate`). It is good once,
   * and for an hour, unless told. Whoever presents it must be of its audience: found by a stranger it opens nothing.
   * @throws as `grant` does.
   */
  async capability(url: string, options: CapabilityOptions): Promise<string> {
    const { audience, ...narrowing } = options
    return makeCapability(this.context(), { ...this.#request(url, options), to: narrowing, audience })
  }

  /** Requests for approval that the principal made, may decide, or may peek at the claim of; the oldest first. */
  async approvals(selection: ApprovalSelection, { principal }: By): Promise<readonly ApprovalInfo[]> {
    return listApprovals(this.context(), this.tenant, selection, checkPrincipal(principal))
  }

  /**
   * Agrees to a request. Who asked, as user or as agent, cannot.
   * @throws ClaimDeniedError for an unknown request and for who may not decide it alike; InputError for a decided one.
   */
  async approve(id: string, { principal }: By): Promise<ApprovalInfo> {
    return this.#vote(id, 'approve', principal)
  }

  /**
   * Refuses a request; one refusal decides.
   * @param by `revoke` also ends the claim, for which it takes the right to `revoke`.
   */
  async deny(id: string, by: By & { readonly revoke?: boolean }): Promise<ApprovalInfo> {
    const info = await this.#vote(id, 'deny', by.principal)
    if (by.revoke === true) await this.revoke({ claim: info.claim }, by)
    return info
  }

  /** Where a secret is: its claims in all threads of the tenant. Takes the right to `revoke` in the whole tenant. */
  async find({ value }: { readonly value: string }, { principal }: By): Promise<readonly ClaimInfo[]> {
    return findValue(this.context(), this.tenant, requireText('value', value), checkPrincipal(principal))
  }

  /**
   * Puts another value behind a claim's URL, and behind the other claims of its thread that hold the old one as it is.
   * @throws ClaimUrlError, ClaimDeniedError as `claim` does, and for a new value that is revoked; InputError for a claim
   * that stands for a structured value; LimitError. Then the old value stands.
   */
  async replace(url: string, value: string | Uint8Array, options: ReplaceOptions): Promise<ReplaceResult> {
    const request = this.#request(url, options)
    if ((typeof value !== 'string' && !(value instanceof Uint8Array)) || value.length === 0)
      throw new InputError('replace expects a non-empty string or Uint8Array.')
    const credentialExpiresAt = checkTime(options.credentialExpiresAt)
    return replaceClaim(this.context(), { ...request, value, credentialExpiresAt, operation: 'replace' })
  }

  /**
   * Ends claims early. By claim, grant, value, thread, subject or tenant: until it is reinstated, later copies of the
   * secret too. By run: what no other run uses, and a later run may mint again.
   * @returns how many claims were ended; 0 for a subject or the tenant, whose claims stay as they are and are refused.
   */
  async revoke(target: RevokeTarget, { principal }: By): Promise<number> {
    return revokeTarget(this.context(), this.tenant, target, checkPrincipal(principal))
  }

  /**
   * Lifts what `revoke` did by the same target, and nothing else: what another revocation covers stays dead.
   * @returns how many claims live again; swept ones return when they are stored anew.
   */
  async reinstate(target: ReinstateTarget, { principal }: By): Promise<number> {
    return reinstateTarget(this.context(), this.tenant, target, checkPrincipal(principal))
  }

  /** Gives out no handoff and no lease of the tenant until `resumeHandoffs`, in constant time. */
  async suspendHandoffs(reason: string, by?: By): Promise<void> {
    await suspendHandoffs(this.context(), this.tenant, reason, by === undefined ? null : checkPrincipal(by.principal))
  }

  /** @throws ClaimDeniedError without the right to reinstate in the whole tenant. */
  async resumeHandoffs({ principal }: By): Promise<void> {
    await resumeHandoffs(this.context(), this.tenant, checkPrincipal(principal))
  }

  async areHandoffsSuspended(): Promise<boolean> {
    return isSuspended(this.context(), this.tenant)
  }

  /** Clears what has ended. @returns how many claims were cleared. */
  async sweep(): Promise<number> {
    this.context()
    return (await this.#sweeper.sweep()).cleared
  }

  /** Events of this vault's tenant, in order. */
  async ledger(query: Omit<LedgerQuery, 'tenant'> = {}): Promise<readonly LedgerEntry[]> {
    return this.context().store.readEvents({ ...query, tenant: this.tenant })
  }

  /**
   * Wraps the vault's keys under the provider's current key, for all tenants: a handful of rows, however many claims.
   * @throws KeyProviderError (retryable) when the provider does not answer; then calling it again goes on from there.
   */
  async rotateKeys(options: RotateOptions = {}): Promise<RotationResult> {
    return rotateKeys(this.context(), this.tenant, options)
  }

  /** The current key-encryption key, and every other that still wraps something of this vault. */
  async keysInUse(): Promise<readonly KeyInUse[]> {
    return keysInUse(this.context())
  }

  /**
   * Destroys the keys of claims whose hard cap has passed, for all tenants and for good. In backups too when keys lie in
   * a `keyStore` of their own whose backups end sooner, and only then.
   */
  async destroyExpiredKeys(options: DestroyOptions = {}): Promise<DestroyResult> {
    return destroyExpiredKeys(this.context(), this.tenant, options)
  }

  /**
   * Signs a Merkle root over the events older than a minute that no root covers yet, and brings it to the anchors.
   * @throws whatever an anchor threw; its roots are brought to it again with the next seal.
   */
  async sealLedger(): Promise<SealResult> {
    this.context()
    return this.#ledgerUpkeep.seal()
  }

  /** Checks the whole ledger, every tenant's: what was touched, and what could not have been seen. */
  async verifyLedger(options: VerifyLedgerOptions = {}): Promise<LedgerReport> {
    this.context()
    return this.#ledgerUpkeep.verify(options)
  }

  /**
   * Removes whole sealed intervals; their roots stay, and an event says who did it.
   * @returns how many events went. @throws LedgerBrokenError when they are not what was sealed; then none went.
   */
  async pruneLedger(options: PruneOptions): Promise<number> {
    this.context()
    return this.#ledgerUpkeep.prune(options)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#sweeper.stop()
    this.#context.branchKeys.clear()
    await flushHeld(this.#context)
    await this.#context.approvals.close()
    await this.#ledgerUpkeep.stop()
    await this.#context.ledger.close()
    for (const store of this.#context.branchKeys.stores) await store.close()
    await this.#context.branchKeys.keys.close?.()
  }

  /** @internal What the saver works with. @throws VaultClosedError */
  context(): VaultContext {
    if (this.#closed) throw new VaultClosedError()
    return this.#context
  }

  toJSON(): string {
    return `[ClaimVault ${this.#context.naming.vaultId}]`
  }

  [inspect.custom](): string {
    return this.toJSON()
  }

  async #create(
    value: string | Uint8Array,
    options: HandoffOptions,
    consumers: ReturnType<typeof checkConsumers>,
  ): Promise<readonly string[]> {
    const scope = { tenant: this.tenant, threadId: requireText('threadId', options.threadId) }
    return createClaims(this.context(), scope, value, options, consumers)
  }

  async #vote(id: string, decision: 'approve' | 'deny', principal: Principal): Promise<ApprovalInfo> {
    const { approval, now } = await vote(
      this.context(),
      this.tenant,
      requireText('id', id),
      decision,
      checkPrincipal(principal),
    )
    return approvalInfo(this.context().naming, approval, now)
  }

  #request(url: string, { principal, threadId, runId, task, capability }: ClaimOptions): ClaimRequest {
    const scope = { tenant: this.tenant, threadId: requireText('threadId', threadId) }
    const parts = parseUrl(url)
    if (!this.context().naming.owns(scope, parts))
      throw new ClaimUrlError('This claim URL belongs to another vault, tenant or thread.')
    return { ...scope, id: parts.id, principal: checkPrincipal(principal), runId, task, capability }
  }
}
