import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RunnableConfig } from '@langchain/core/runnables'
import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type DeltaChannelHistory,
  type PendingWrite,
} from '@langchain/langgraph-checkpoint'
import { withoutIdentity } from '../access/identity/carrier.js'
import type { CallIdentity, Identities, IdentityCall } from '../access/identity/identities.js'
import { checkPrincipal, type Principal } from '../access/principal.js'
import { ClaimDeniedError, InputError } from '../errors.js'
import type { ClaimVault } from '../vault/claim-vault.js'
import { deleteThread } from '../vault/delete-thread.js'
import { type ClaimScope, ClaimScopes } from '../vault/scrub/claim-scope.js'
import { requireThread } from '../vault/scrub/reserved-scope.js'
import type { ScrubContext } from '../vault/scrub/scrubber.js'
import { ThreadMemories } from '../vault/scrub/thread-memory.js'
import { touchThread } from '../vault/touch.js'
import { subjectOf } from '../vault/vault-context.js'
import { type CopyResult, copyThread } from './copy-thread.js'
import { mapFilter } from './filter.js'
import { followInterrupts, isInterrupt } from './interrupt-hold.js'
import { mintCall } from './mint-call.js'
import { NameCheck } from './names.js'
import { OpenedVault } from './opened-vault.js'
import { type ResolvedOptions, resolveOptions, type SecretSafeSaverOptions } from './options.js'
import { reportCall, reportOldPlaintext } from './plaintext-report.js'
import { historyRead, type RevealCounters, reveal, type SaverRead, tupleRead } from './reveal.js'
import { nodeOf, runIdOf } from './run-info.js'
import { type AnySaver, PutCall, PutWritesCall, type SaverCall } from './saver-call.js'
import { copyCall, type Scrubbed, scrub } from './scrub-call.js'
import { ThreadSecrets } from './thread-secrets.js'
import type { UseSecretContext } from './use-secret.js'

// Shared by the ESM and the CJS copy of this package, which may both be loaded in one process.
const BRAND = Symbol.for('langgraph-secret-safe.saver')

/** Also for an instance of the other copy. */
export function isSecretSafeSaver(value: unknown): value is SecretSafeSaver {
  return typeof value === 'object' && value !== null && BRAND in value
}

/** What `saver.as` shares with the saver that it came from. */
interface Shared {
  readonly options: ResolvedOptions
  readonly vault: OpenedVault
  readonly memories: ThreadMemories
  readonly scopes: ClaimScopes
  readonly names: NameCheck
  readonly counters: RevealCounters
}

/**
 * Wraps any checkpoint saver so that no detected secret reaches it. Secrets are replaced by claim URLs whose payload
 * lies sealed in the vault, and restored on every read path for an authorized principal.
 *
 * A call that needs no vault I/O reaches the inner saver in the same tick with clean values as the original references.
 * If the vault cannot store a claim, `put` and `putWrites` throw and nothing reaches the inner saver.
 * @see docs/architecture.md
 */
export class SecretSafeSaver<Inner extends AnySaver = AnySaver> extends BaseCheckpointSaver {
  readonly inner: Inner
  readonly [BRAND] = true
  readonly #options: SecretSafeSaverOptions
  #shared: Shared
  #as: Principal | undefined

  /** @throws ConfigError, InputError */
  constructor(inner: Inner, options: SecretSafeSaverOptions) {
    super(inner.serde)
    const resolved = resolveOptions(options)
    this.inner = inner
    this.#options = { ...options, detector: resolved.detector }
    this.#shared = share(resolved)
  }

  /** The same saver for another principal: its reads restore for it, its writes belong to its tenant. */
  as(principal: Principal): SecretSafeSaver<Inner> {
    const derived = new SecretSafeSaver(this.inner, this.#options)
    derived.#shared = this.#shared
    derived.#as = checkPrincipal(principal)
    return derived
  }

  /**
   * How many claims were restored and not restored so far, how many texts only looked like a claim URL, and how many
   * findings the configuration's allow list let stay.
   */
  get counters(): Readonly<RevealCounters> & { readonly allowed: number } {
    const { counters, options } = this.#shared
    return { ...counters, allowed: options.detector.allowedCount }
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const identity = this.#identities.of(this.#callOf(config))
    const clean = withoutIdentity(config)
    return identity.carry(await this.#persist(new PutCall(clean, checkpoint, metadata, newVersions), identity))
  }

  /**
   * Errors and interrupts wait for one turn of the event loop: under durability "exit", LangGraph sends them just before
   * the put of the state that they may repeat a secret from, and only that state says that it is one.
   */
  override async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    ...taskPath: [string?]
  ): Promise<void> {
    const identity = this.#identities.of(this.#callOf(config))
    await this.#persist(new PutWritesCall(withoutIdentity(config), writes, taskId, taskPath), identity)
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const identity = this.#identities.ofTuple(this.#callOf(config))
    const tuple = await this.inner.getTuple(withoutIdentity(config))
    return tuple && this.#revealTuple(tuple, config, identity)
  }

  /** Not a generator itself: the principal is the one of the call, also when the iterator is consumed elsewhere. */
  override list(config: RunnableConfig, options?: CheckpointListOptions): AsyncGenerator<CheckpointTuple> {
    return this.#list(withoutIdentity(config), options, this.#identities.of(this.#callOf(config)))
  }

  override async getDeltaChannelHistory(options: {
    config: RunnableConfig
    channels: string[]
  }): Promise<Record<string, DeltaChannelHistory>> {
    const identity = this.#identities.ofHistory(this.#callOf(options.config))
    const config = withoutIdentity(options.config)
    const history = await this.inner.getDeltaChannelHistory({ ...options, config })
    return this.#reveal(historyRead(history), config, await identity.principal())
  }

  /** Erases the thread's claims first, then its checkpoints. */
  override async deleteThread(threadId: string): Promise<void> {
    const { tenant, vault } = await this.#open()
    const erased = requireThread(String(threadId))
    await deleteThread(vault.context(), { tenant, threadId: erased }, this.#identities.ofNoConfig(this.#as))
    this.#shared.memories.forget(tenant, erased)
    await this.inner.deleteThread(threadId)
  }

  /**
   * Copies a thread with its claims, each minted anew for the target; also over a copy that a server has made by itself,
   * whose claims restore nothing there. Neither thread may be running. The source stays as it is, so that a call which
   * failed can be made again.
   * @throws ClaimDeniedError without a principal that may `copy` both threads; InputError when the target holds
   * checkpoints that the source has not.
   */
  async copyThread(sourceId: string, targetId: string): Promise<CopyResult> {
    const principal = this.#identities.ofNoConfig(this.#as)
    const { options, memories, scopes, names } = this.#shared
    names.check([targetId])
    const { tenant, vault } = await this.#open()
    if (principal === null) throw new ClaimDeniedError()
    const [from, to] = [sourceId, targetId].map((threadId) =>
      requireThreadId({ configurable: { thread_id: threadId } }),
    )
    if (from === to) throw new InputError('A thread is copied to another one.')
    memories.forget(tenant, to!)
    const { naming } = vault.context()
    return copyThread({
      inner: this.inner,
      outer: this,
      vault,
      source: scopes.of(naming, tenant, from!),
      target: scopes.of(naming, tenant, to!),
      principal,
      scanner: options.detector.scanner,
      ttlMs: options.ttlMs,
    })
  }

  /**
   * Gives a secret to `use` for as long as it runs, by an explicit claim: counted, recorded, and without a question of place.
   * What `use` answers or throws does not carry the value on. `useSecret` finds saver and run by itself inside a graph.
   * @param config the run's, as a node gets it.
   * @throws ClaimUrlError, UnresolvedClaimError with the reason, ApprovalRequiredError, VaultUnavailableError (retryable).
   */
  async useSecret<Value, Result>(
    url: string,
    use: (value: Value) => Result | Promise<Result>,
    config: RunnableConfig,
    context: UseSecretContext = {},
  ): Promise<Result> {
    return (await this.secretsOf(config)).use(url, use, context)
  }

  /** @internal What a store or a cache is told to be of the same vault, and for the same readers. */
  siblingOptions(): Omit<SecretSafeSaverOptions, 'channels' | 'ttlMs'> {
    const { channels: _channels, ttlMs: _ttlMs, ...shared } = this.#options
    return { ...shared, vault: () => this.#shared.vault.open() }
  }

  /** @internal True where a channel's claims are not restored when state is loaded. */
  leavesHandles(channel: string): boolean {
    return this.#shared.options.channels.leavesHandle([channel])
  }

  /** @internal The secrets of the thread of a run, for the agent's parts. @throws InputError without a thread id. */
  async secretsOf(config: RunnableConfig): Promise<ThreadSecrets> {
    const identity = this.#identities.of(this.#callOf(config))
    const { vault } = await this.#open()
    return new ThreadSecrets({
      context: this.#scrubContext(config, vault),
      vault,
      identity,
      options: this.#shared.options,
    })
  }

  /** The inner saver's own versions, which are strings for some savers: LangGraph passes them through. */
  override getNextVersion(current: number | undefined): number {
    return this.inner.getNextVersion(current) as number
  }

  /** Forwarded to the inner saver where it has one; also opens the vault, so that a wrong key is found now. */
  async setup(): Promise<void> {
    const { setup } = this.inner as { setup?: () => unknown }
    await setup?.call(this.inner)
    await this.#shared.vault.open()
  }

  /** Ends the inner saver where it can be ended, and closes a vault that this saver opened. */
  async end(): Promise<void> {
    const { end } = this.inner as { end?: () => unknown }
    await end?.call(this.inner)
    await this.#shared.vault.close()
  }

  #persist<Result>(call: SaverCall<Result>, identity: CallIdentity): Promise<Result> {
    const { names, vault, options } = this.#shared
    if (options.writes === 'off') return call.send(this.inner)
    names.check(call.names())
    const opened = vault.peek()
    if (opened !== undefined && !call.mayComeEarly) return this.#seal(call, opened, false, identity)
    // What is stored is the state as it was when the call was made, so it is copied before anything is waited for.
    const copy = copyCall(call)
    return Promise.all([vault.open(), call.mayComeEarly ? nextTurn() : undefined]).then(([late]) =>
      this.#seal(copy, late, true, identity),
    )
  }

  /** @param owned true when the call's values are our own copies. */
  #seal<Result>(call: SaverCall<Result>, vault: ClaimVault, owned: boolean, identity: CallIdentity): Promise<Result> {
    const context = this.#scrubContext(call.config, vault)
    if (this.#shared.options.writes === 'report') {
      reportCall(call, context)
      return call.send(this.inner)
    }
    const scrubbed = scrub(call, context, false)
    if (scrubbed.items.length === 0 && scrubbed.pasted.length === 0) {
      this.#touch(context, vault)
      const following = followInterrupts(call, context, vault)
      if (!isInterrupt(call)) return scrubbed.call.send(this.inner)
      // Holding a thread waits for the vault: what is sent afterwards is the state as it is now.
      const copy = owned ? scrubbed.call : copyCall(scrubbed.call)
      return following.then(() => copy.send(this.inner))
    }
    if (!owned && !scrubbed.items.some(({ isAlias }) => isAlias))
      return this.#mintAndSend(scrub(call.owned(), context, true), context, vault, identity)
    // What goes by an alias may have to be scrubbed once more.
    const own = owned ? call : copyCall(call)
    return this.#mintAndSend(scrub(own, context, false), context, vault, identity, own)
  }

  async #mintAndSend<Result>(
    scrubbed: Scrubbed<SaverCall<Result>>,
    context: ScrubContext,
    vault: ClaimVault,
    identity: CallIdentity,
    own?: SaverCall<Result>,
  ): Promise<Result> {
    const { ttlMs, boundByCredential } = this.#shared.options
    const subject = subjectOf(await identity.principal(), context.runId, context.node)
    const call = await mintCall(scrubbed, context, vault, { ttlMs, boundByCredential, subject }, own)
    await followInterrupts(call, context, vault)
    return call.send(this.inner)
  }

  async *#list(
    config: RunnableConfig,
    options: CheckpointListOptions | undefined,
    identity: CallIdentity,
  ): AsyncGenerator<CheckpointTuple> {
    const mapped =
      options?.filter === undefined
        ? options
        : { ...options, filter: await this.#mapFilter(config, options.filter, await identity.principal()) }
    for await (const tuple of this.inner.list(config, mapped)) {
      yield await this.#revealTuple(tuple, tuple.config, identity)
    }
  }

  async #revealTuple(tuple: CheckpointTuple, config: RunnableConfig, identity: CallIdentity): Promise<CheckpointTuple> {
    const revealed = await this.#reveal(tupleRead(tuple), config, await identity.principal())
    const carrying = identity.carry(revealed.config)
    return carrying === revealed.config ? revealed : { ...revealed, config: carrying }
  }

  async #mapFilter(
    config: RunnableConfig,
    filter: Record<string, unknown>,
    principal: Principal | null,
  ): Promise<Record<string, unknown>> {
    const { vault } = await this.#open()
    const threadId: unknown = config.configurable?.thread_id
    const context = threadId === undefined ? undefined : this.#scrubContext(config, vault)
    return mapFilter(filter, context, vault.context(), principal, this.#shared.options.detector.scanner)
  }

  async #reveal<T>(read: SaverRead<T>, config: RunnableConfig, principal: Principal | null): Promise<T> {
    const { options, counters } = this.#shared
    const { vault } = await this.#open()
    const scrubContext = this.#scrubContext(config, vault)
    this.#touch(scrubContext, vault)
    if (options.writes !== 'off') reportOldPlaintext(read, scrubContext)
    return reveal(read, {
      vault: vault.context(),
      scope: scrubContext.scope,
      memory: scrubContext.memory,
      scanner: scrubContext.scanner,
      runId: scrubContext.runId,
      node: scrubContext.node,
      principal,
      counters,
      channels: options.channels,
      onUnresolved: options.onUnresolved,
    })
  }

  /** Beside the call, not in its way: a missed touch is made up for by the next one. */
  #touch({ memory, scope }: ScrubContext, vault: ClaimVault): void {
    const { ttlMs } = this.#shared.options
    if (ttlMs === null || !memory.isTouchDue(ttlMs / 8)) return
    touchThread(vault.context(), scope).catch(() => undefined)
  }

  async #open(): Promise<{ readonly vault: ClaimVault; readonly tenant: string }> {
    const vault = await this.#shared.vault.open()
    return { vault, tenant: this.#tenant(vault) }
  }

  /** Fixed by the vault or by `as`, never by `configurable`. */
  #tenant(vault: ClaimVault): string {
    return this.#as?.tenant ?? vault.tenant
  }

  #scrubContext(config: RunnableConfig, vault: ClaimVault): ScrubContext & { readonly scope: ClaimScope } {
    const { options, memories, scopes, names } = this.#shared
    const threadId = requireThreadId(config)
    const tenant = this.#tenant(vault)
    const runId = runIdOf(config)
    const node = nodeOf(config)
    // The caller's to choose, and the ledger keeps them as they are.
    names.check([runId, node])
    return {
      scanner: options.detector.scanner,
      fields: options.fields,
      memory: memories.of(tenant, threadId),
      scope: scopes.of(vault.context().naming, tenant, threadId),
      runId,
      node,
      maxStateBytes: options.maxStateBytes,
      maxSecretBytes: vault.maxSecretBytes,
    }
  }

  get #identities(): Identities {
    return this.#shared.options.identities
  }

  #callOf(config: RunnableConfig): IdentityCall {
    const threadId: unknown = config.configurable?.thread_id
    const runId = runIdOf(config)
    const tenant = this.#as?.tenant ?? this.#shared.vault.peek()?.tenant
    const scope = {
      ...(threadId === undefined ? {} : { threadId: String(threadId) }),
      ...(runId === undefined ? {} : { runId }),
      ...(tenant === undefined ? {} : { tenant }),
    }
    return { config, as: this.#as, saver: this, scope }
  }
}

function share(options: ResolvedOptions): Shared {
  return {
    options,
    vault: new OpenedVault(options.vault),
    memories: new ThreadMemories(),
    scopes: new ClaimScopes(),
    names: new NameCheck(options.detector.scanner, options.onSecretInKey),
    counters: { restored: 0, unresolved: 0, forged: 0 },
  }
}

function requireThreadId({ configurable }: RunnableConfig): string {
  const threadId: unknown = configurable?.thread_id
  if (threadId === undefined || threadId === null || threadId === '') {
    throw new InputError(
      'A "thread_id" is required in config.configurable, such as { configurable: { thread_id: "1" } }.',
    )
  }
  return requireThread(String(threadId))
}
