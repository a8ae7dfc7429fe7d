import { randomUUID } from 'node:crypto'
import { checkPrincipal, type Principal } from '../access/principal.js'
import { InputError, VaultUnavailableError } from '../errors.js'
import { anchoredRoot, type LedgerAnchor } from '../ledger/anchors.js'
import type { LedgerReport } from '../ledger/ledger-report.js'
import { checkBeforePrune, prunableRoot } from '../ledger/prune.js'
import { pruneEvent } from '../ledger/prune-event.js'
import { eachRoot, lastRoot } from '../ledger/read-ledger.js'
import type { RootSigner } from '../ledger/root.js'
import { sealIntervals } from '../ledger/sealer.js'
import { Follower, slowestFollower } from '../ledger/sinks/follower.js'
import { type LedgerOptions, readClock, rootSigner } from './ledger-options.js'
import { commit, subjectOf, type VaultContext } from './vault-context.js'
import { type VerifyLedgerOptions, verifyStore } from './verify-store.js'

const SEAL_LOCK = 'ledger-seal'
const SEAL_LOCK_MS = 60_000
const SINK_EVERY_MS = 1_000

export interface SealResult {
  /** How many roots were made now. */
  readonly roots: number
  /** The last number that a root covers; 0 for none. */
  readonly sealedThrough: number
  readonly keyId: string
}

export interface PruneOptions {
  /** Ms since the epoch by the store's clock; only intervals that were sealed before go. */
  readonly before: number
  readonly principal: Principal
  /** True to take also what a sink has not been given yet. */
  readonly despiteSinks?: boolean
}

/** What keeps a ledger checkable: sealing, anchoring, handing on to sinks, checking, pruning. */
export class LedgerUpkeep {
  readonly #vault: VaultContext
  readonly #tenant: string
  readonly #signer: RootSigner
  readonly #anchors: readonly LedgerAnchor[]
  readonly #followers: readonly Follower[]
  readonly #sealEveryMs: number | undefined
  readonly #holder = randomUUID()
  #timer: NodeJS.Timeout | undefined
  #sealing: Promise<SealResult> | undefined
  #stopped = false

  /** @throws KeyInvalidError for a signing key that is none, InputError for two sinks or anchors of one name. */
  constructor(vault: VaultContext, tenant: string, options: LedgerOptions) {
    this.#vault = vault
    this.#tenant = tenant
    this.#signer = rootSigner(vault.naming, options)
    this.#anchors = options.anchors ?? []
    this.#sealEveryMs = options.sealEveryMs
    const sinks = options.sinks ?? []
    requireDistinct([...this.#anchors, ...sinks])
    const { store } = vault
    const everyMs = options.sinkEveryMs ?? SINK_EVERY_MS
    this.#followers = sinks.map(
      (sink) => new Follower({ store, sink, tenant, everyMs, readClock: () => readClock(store) }),
    )
  }

  start(): void {
    for (const follower of this.#followers) follower.start()
    this.#planSeal()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#sealing?.catch(() => undefined)
    await Promise.all(this.#followers.map((follower) => follower.stop()))
  }

  seal(): Promise<SealResult> {
    this.#sealing ??= this.#seal().finally(() => {
      this.#sealing = undefined
    })
    return this.#sealing
  }

  /** Trusts the signing key of this vault, where there is one and no others are named. */
  async verify(options: VerifyLedgerOptions): Promise<LedgerReport> {
    const { store, branchKeys } = this.#vault
    const own = this.#signer.publicKey
    const signingKeys = own === undefined ? [] : [own.key.export({ format: 'pem', type: 'spki' }).toString()]
    return verifyStore(store, branchKeys.keys, { signingKeys, ...options })
  }

  /** @returns how many records went. */
  async prune({ before, principal, despiteSinks = false }: PruneOptions): Promise<number> {
    const { store } = this.#vault
    if (!Number.isSafeInteger(before)) throw new InputError('before is a time in ms since the epoch.')
    const by = subjectOf(checkPrincipal(principal), undefined)
    const slowest = despiteSinks ? undefined : await slowestFollower(store)
    const root = await prunableRoot(store, before, slowest?.after ?? Number.POSITIVE_INFINITY)
    if (root === undefined || (await checkBeforePrune(store, root)) === 0) return 0
    // Before the records go: what explains that they are missing must be there when they are.
    const event = pruneEvent({ tenant: this.#tenant, ...by }, root.number)
    if (!(await commit(this.#vault, { events: [event] }))) {
      throw new VaultUnavailableError('The claim store refused the event of a prune; nothing was pruned. Retry.')
    }
    return store.pruneEvents(root.toSeq)
  }

  async #seal(): Promise<SealResult> {
    const { store, naming } = this.#vault
    const lock = { name: SEAL_LOCK, holder: this.#holder, ttlMs: SEAL_LOCK_MS }
    let roots = 0
    if (await store.acquireLock(lock)) {
      try {
        const { vaultId } = naming
        const now = await readClock(store)
        roots = (await sealIntervals({ store, vaultId, signer: this.#signer, now })).length
        await this.#anchor()
      } finally {
        await store.releaseLock(SEAL_LOCK, this.#holder)
      }
    }
    const sealedThrough = (await lastRoot(store))?.toSeq ?? 0
    return { roots, sealedThrough, keyId: this.#signer.keyId }
  }

  /** Brings each anchor what it does not have yet; one that is down is tried again with the next seal. */
  async #anchor(): Promise<void> {
    const { store, naming } = this.#vault
    const failures: unknown[] = []
    for (const anchor of this.#anchors) {
      const note = `ledger-anchor:${anchor.name}`
      try {
        for await (const row of eachRoot(store, Number((await store.readNote(note)) ?? 0))) {
          await anchor.anchor(anchoredRoot(naming.vaultId, row))
          await store.writeNote(note, String(row.number))
        }
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  #planSeal(): void {
    if (this.#sealEveryMs === undefined || this.#stopped) return
    this.#timer = setTimeout(() => {
      // Tried again next time; `doctor` and `ledger verify` see how far sealing has come.
      this.seal()
        .catch(() => undefined)
        .finally(() => this.#planSeal())
    }, this.#sealEveryMs).unref()
  }
}

function requireDistinct(named: readonly { readonly name: string }[]): void {
  if (new Set(named.map(({ name }) => name)).size < named.length) {
    throw new InputError('Two sinks or anchors of the ledger have the same name.')
  }
}
