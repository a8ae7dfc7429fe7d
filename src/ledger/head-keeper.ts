import { equalBytes } from '../seal/bytes.js'
import type { Chain } from './chain.js'
import type { LedgerHead, LedgerStore } from './ledger-store.js'
import { findWriter } from './read-ledger.js'

/** Links between two registered heads: how much of a crashed chain's end can be cut off unseen. */
const EVERY_LINKS = 256
/** The same in time, while anything is written. */
const EVERY_MS = 10_000
/** How long closing waits for the last head: the store may be gone. */
const CLOSE_MS = 5_000

/** The store holds an older state of this writer's chain than the writer had left there. */
export interface LedgerRollback {
  readonly writer: string
  readonly expectedLink: number
  /** Null when the store does not know the writer any more. */
  readonly storedLink: number | null
}

export interface HeadKeeperOptions {
  readonly chain: Chain
  readonly store: Pick<LedgerStore, 'advanceHead' | 'listWriters'>
  readonly registered: LedgerHead
  readonly now: () => number
  readonly onRollback: (rollback: LedgerRollback) => Promise<void>
}

/** Registers how far a chain has come, now and then and off the path of any call. */
export class HeadKeeper {
  readonly chain: Chain
  readonly #options: HeadKeeperOptions
  #registered: LedgerHead
  /** Heads whose outcome is unknown: one of them may be what is stored. */
  #tried: LedgerHead[] = []
  #timer: NodeJS.Timeout | undefined
  #advancing: Promise<void> | undefined
  #ended = false

  constructor(options: HeadKeeperOptions) {
    this.chain = options.chain
    this.#options = options
    this.#registered = options.registered
  }

  /** To be called after each change of the chain; returns at once. */
  moved(): void {
    if (this.#ended) return
    if (this.chain.link - this.#registered.link >= EVERY_LINKS) void this.#advance()
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#advance()
      if (this.chain.hasInFlight) this.moved()
    }, EVERY_MS).unref()
  }

  /** Registers the head as it is now, within 5 s; a failure is left to the next try. */
  async register(closed = false): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS)
    })
    await Promise.race([this.#advance().then(() => (closed ? this.#advance(true) : undefined)), late])
    clearTimeout(timer)
  }

  /** Registers the chain's end. */
  async close(): Promise<void> {
    await this.register(true)
    this.#stop()
  }

  /** One at a time. A failure is left to the next try. */
  #advance(closed = false): Promise<void> {
    if (this.#ended) return Promise.resolve()
    this.#advancing ??= this.#advanceTo(closed)
      .catch(() => undefined)
      .finally(() => {
        this.#advancing = undefined
      })
    return this.#advancing
  }

  async #advanceTo(closed: boolean): Promise<void> {
    const { store, now } = this.#options
    const head = this.chain.head(now(), closed)
    const { link, unsettled } = this.#registered
    if (!closed && head.link === link && JSON.stringify(head.unsettled) === JSON.stringify(unsettled)) return
    this.#tried.push(head)
    if (await store.advanceHead(this.chain.id, head, link)) {
      this.#confirm(head)
      return
    }
    const stored = await findWriter(store, this.chain.id)
    const ours = this.#tried.find(({ mac }) => stored !== undefined && equalBytes(mac, stored.mac))
    if (ours === undefined) return this.#rolledBack(stored?.link ?? null)
    this.#confirm(ours)
    if (await store.advanceHead(this.chain.id, head, ours.link)) this.#confirm(head)
  }

  #confirm(head: LedgerHead): void {
    this.#registered = head
    this.#tried = []
  }

  async #rolledBack(storedLink: number | null): Promise<void> {
    this.#stop()
    const { id } = this.chain
    await this.#options.onRollback({ writer: id, expectedLink: this.#registered.link, storedLink })
  }

  #stop(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }
}
