import type { RunnableConfig } from '@langchain/core/runnables'
import {
  BaseStore,
  type Item,
  type Operation,
  type OperationResults,
  type SearchItem,
  type SearchOperation,
} from '@langchain/langgraph-checkpoint'
import { runIdentity } from '../../access/identity/read-flow.js'
import { checkPrincipal, type Principal } from '../../access/principal.js'
import { ClaimDeniedError } from '../../errors.js'
import type { RevealCounters } from '../../saver/reveal.js'
import { type UseSecretContext, useClaim } from '../../saver/use-secret.js'
import { type Asker, type Asking, askerOf } from '../kept/asker.js'
import { Keeper } from '../kept/keeper.js'
import { Turns } from '../kept/turns.js'
import { resolveStoreOptions, type SecretSafeStoreOptions } from './options.js'
import { prepare } from './prepare.js'
import { revealResults } from './reveal-results.js'
import { itemAt, namesIn, scopesIn } from './store-call.js'
import { tidyItems } from './tidy-items.js'

// Shared by the ESM and the CJS copy of this package, which may both be loaded in one process.
const BRAND = Symbol.for('langgraph-secret-safe.store')

/** Also for an instance of the other copy. */
export function isSecretSafeStore(value: unknown): value is SecretSafeStore {
  return typeof value === 'object' && value !== null && BRAND in value
}

/** Longer than a write relies on claims without asking the vault. */
const QUIET_MS = 5 * 60_000

/** An item, and what stands in it: one of a store that is asked for. */
export interface StoreSecret {
  readonly namespace: string[]
  readonly key: string
  /** The claim URL, as it is read where claims are left in place. */
  readonly url: string
}

type SearchOptions = Omit<SearchOperation, 'namespacePrefix'> & { readonly [more: string]: unknown }

/**
 * Wraps any store of LangGraph's so that no detected secret reaches it, nor what it embeds for search. Secrets of an item are
 * replaced by claim URLs that are good in that item alone, and restored for an authorized principal.
 *
 * An operation that needs no vault I/O reaches the inner store in the same tick, clean values as the original references.
 * If the vault cannot store a claim, the operation throws and nothing reaches the inner store.
 * @see docs/agent-state.md
 */
export class SecretSafeStore<Inner extends BaseStore = BaseStore> extends BaseStore {
  readonly inner: Inner
  readonly [BRAND] = true
  /** LangGraph unwraps a store of this name when a run begins; see `store`. */
  readonly lg_name = 'AsyncBatchedStore'
  #keeper: Keeper
  #turns = new Turns()
  #asking: Asking = {}
  readonly #options: SecretSafeStoreOptions

  /** @throws ConfigError, InputError */
  constructor(inner: Inner, options: SecretSafeStoreOptions) {
    super()
    this.inner = inner
    this.#options = options
    this.#keeper = new Keeper(resolveStoreOptions(options))
  }

  /** The same store for another principal: its reads restore for it, its writes belong to its tenant. */
  as(principal: Principal): SecretSafeStore<Inner> {
    return this.#derive({ ...this.#asking, as: checkPrincipal(principal) })
  }

  /**
   * The same store for one run: with the token or platform user of its configuration, and its run and node in the ledger.
   * For `invoke(input, { ...config, store: store.forRun(config) })`; in a node use `storeOf`.
   */
  forRun(config: RunnableConfig): SecretSafeStore<Inner> {
    return this.#derive({ ...this.#asking, config })
  }

  /**
   * @internal What a run's queue hands its operations to. LangGraph reads it once for each run, in the run's own async flow,
   * right after its first read of the checkpoint: the last moment at which it can be told who asks.
   */
  get store(): SecretSafeStore<Inner> {
    return this.#derive({ ...this.#asking, isQueued: true, run: runIdentity() })
  }

  /** How many claims were restored and not restored so far, and how many texts only looked like a claim URL. */
  get counters(): Readonly<RevealCounters> {
    return { ...this.#keeper.counters }
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    return this.#run(operations, (sent) => this.inner.batch(sent as Op))
  }

  /** What is given beyond the usual arguments goes on to the inner store, here and below. */
  override async get(namespace: string[], key: string, ...more: unknown[]): Promise<Item | null> {
    const [item] = await this.#run([{ namespace, key }], async () => [
      await this.inner.get(...([namespace, key, ...more] as unknown as Parameters<BaseStore['get']>)),
    ])
    return item ?? null
  }

  override async put(
    namespace: string[],
    key: string,
    value: Record<string, unknown>,
    index?: false | string[],
    ...more: unknown[]
  ): Promise<void> {
    const operation = { namespace, key, value, ...(index === undefined ? {} : { index }) }
    await this.#run([operation], async ([sent]) => {
      const args = [namespace, key, (sent as typeof operation).value, index, ...more]
      return [await this.inner.put(...(args as Parameters<BaseStore['put']>))]
    })
  }

  /** Erases what the vault holds for the item first, then the item. */
  override async delete(namespace: string[], key: string): Promise<void> {
    await this.#run([{ namespace, key, value: null }], async () => [await this.inner.delete(namespace, key)])
  }

  /** @throws SecretInFilterError for a filter that holds a secret: every item has a claim of its own. */
  override async search(namespacePrefix: string[], options: SearchOptions = {}): Promise<SearchItem[]> {
    const [items] = await this.#run([{ ...options, namespacePrefix }], async ([sent]) => {
      const { namespacePrefix: _prefix, ...rest } = sent as SearchOperation
      return [await this.inner.search(namespacePrefix, rest)]
    })
    return items ?? []
  }

  override async listNamespaces(options: Parameters<BaseStore['listNamespaces']>[0] = {}): Promise<string[][]> {
    this.#keeper.names.check([...(options.prefix ?? []), ...(options.suffix ?? [])])
    return this.inner.listNamespaces(options)
  }

  /** Starts the inner store, and opens the vault, so that a wrong key is found now. */
  override async start(): Promise<void> {
    await this.inner.start()
    await this.#keeper.vault.open()
  }

  /** Stops the inner store, and closes a vault that this store opened. */
  override async stop(): Promise<void> {
    await this.inner.stop()
    await this.#keeper.vault.close()
  }

  /** Forwarded to the inner store where it has one; also opens the vault. */
  async setup(): Promise<void> {
    const { setup } = this.inner as { setup?: () => unknown }
    await setup?.call(this.inner)
    await this.#keeper.vault.open()
  }

  /**
   * Ends what the vault holds for items that are gone from the inner store (by its TTL), and what no longer stands in an item
   * (overwritten). Leaves items alone that were used less than `quietMs` ago, five minutes unless told: somebody may be writing
   * there. What is written again is sealed again.
   * @throws ClaimDeniedError for nobody. Claims that the principal may not revoke stay.
   */
  async tidy(
    namespacePrefix: string[] = [],
    { quietMs = QUIET_MS }: { readonly quietMs?: number } = {},
  ): Promise<number> {
    const asker = this.#asker()
    const principal = await asker.identity.principal()
    if (principal === null) throw new ClaimDeniedError()
    return tidyItems({ inner: this.inner, keeper: this.#keeper, asker, principal, quietMs }, namespacePrefix)
  }

  /**
   * Gives a secret of an item to `use` for as long as it runs, by an explicit claim: counted, recorded, and without a
   * question of place. What `use` answers or throws does not carry the value on.
   * @throws ClaimUrlError, UnresolvedClaimError with the reason, ApprovalRequiredError, VaultUnavailableError (retryable).
   */
  async useSecret<Value = string, Result = unknown>(
    { namespace, key, url }: StoreSecret,
    use: (value: Value) => Result | Promise<Result>,
    { interrupt, onUnresolved }: UseSecretContext = {},
  ): Promise<Result> {
    const asker = this.#asker()
    const vault = await this.#keeper.vault.open()
    const { scope, memory, runId, node } = this.#keeper.context(itemAt(namespace, key), vault, asker)
    return useClaim(url, use, {
      ...{ vault: vault.context(), scope, memory, runId, node, interrupt },
      principal: await asker.identity.principal(),
      onUnresolved: onUnresolved ?? this.#keeper.options.unresolvedUse,
    })
  }

  toJSON(): string {
    return '[SecretSafeStore]'
  }

  /** @param send is given the operations as the inner store may have them. */
  #run<Op extends Operation[]>(
    operations: Op,
    send: (operations: Operation[]) => Promise<OperationResults<Op>>,
  ): Promise<OperationResults<Op>> {
    const asker = this.#asker()
    for (const operation of operations) this.#keeper.names.check(namesIn(operation))
    const scopes = operations.flatMap(scopesIn)
    const ready = prepare(operations, asker, this.#keeper, this.#turns.after(scopes))
    const done = ready instanceof Promise ? ready.then(send) : send(ready)
    if (ready instanceof Promise) this.#turns.hold(scopes, done)
    return done.then(async (results) => {
      const revealed: unknown = await revealResults(operations, results, asker, this.#keeper)
      return revealed as OperationResults<Op>
    })
  }

  #asker(): Asker {
    const { options, vault } = this.#keeper
    return askerOf(options.identities, this.#asking, this, vault.peek()?.tenant)
  }

  #derive(asking: Asking): SecretSafeStore<Inner> {
    const derived = new SecretSafeStore(this.inner, this.#options)
    derived.#keeper = this.#keeper
    derived.#turns = this.#turns
    derived.#asking = asking
    return derived
  }
}
