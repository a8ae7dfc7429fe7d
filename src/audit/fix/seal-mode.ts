import type { Principal } from '../../access/principal.js'
import type { Scanner } from '../../detect/scanner.js'
import { toBase64Url } from '../../seal/bytes.js'
import type { ClaimId, PlaceTag } from '../../vault/claim-store.js'
import { findClaimUrls } from '../../vault/claim-url.js'
import { type MintItem, mint, placeKey } from '../../vault/mint.js'
import type { Payload } from '../../vault/payload.js'
import { ClaimScope } from '../../vault/scrub/claim-scope.js'
import type { ScrubContext } from '../../vault/scrub/scrubber.js'
import { setLifetime } from '../../vault/set-lifetime.js'
import { subjectOf, type VaultContext } from '../../vault/vault-context.js'
import type { Journal, JournalCell } from './journal.js'
import type { FixMode, Rewrite, ThreadWork } from './mode.js'
import { restoreAll } from './restore-all.js'
import { type Finish, scrubCell } from './scrub-cell.js'
import type { ContextOf } from './scrub-context.js'
import type { FixStore, StoredCell } from './store.js'
import { escapeDead, undoEdits } from './undo-cell.js'

const BATCH_CELLS = 64
const BATCH_BYTES = 4 << 20
const MINT_ITEMS = 500

export interface SealOptions {
  readonly store: FixStore
  readonly vault: VaultContext
  readonly tenant: string
  readonly maxTtlMs: number
  readonly principal: Principal
  readonly journal: Journal
  readonly scanner: Scanner
  readonly contextOf: ContextOf
}

/**
 * Puts claim URLs in place of secrets. The vault first, then the journal, then the store: a kill in between leaves claims
 * that nobody names, or journal lines of what was not done, and never a URL without its claim.
 */
export function sealMode(options: SealOptions): FixMode {
  const earlier = claimsByThread(options.journal)
  return {
    name: 'seal',
    batch: { cells: BATCH_CELLS, bytes: BATCH_BYTES },
    scrub: (cell, context) => scrubCell(cell, context),
    open: async (threadId, known) => {
      const scope = new ClaimScope(options.vault.naming, options.tenant, threadId)
      const work = new SealWork(options, scope, options.contextOf(scope, known))
      await work.recall(earlier.get(threadId) ?? [])
      return work
    },
  }
}

/** What an earlier run of the same fix has sealed. */
interface SealedBefore {
  readonly id: ClaimId
  readonly place: PlaceTag
  readonly channel: string
}

function claimsByThread(journal: Journal): ReadonlyMap<string, readonly SealedBefore[]> {
  const threads = new Map<string, Map<string, SealedBefore>>()
  for (const { key, undo, channel } of journal.cells()) {
    const threadId = String(key[0])
    const known = threads.get(threadId) ?? new Map<string, SealedBefore>()
    threads.set(threadId, known)
    for (const { claims, place, channel: own } of undo) {
      for (const id of claims) known.set(placeKey(id, place), { id, place, channel: own ?? channel ?? '' })
    }
  }
  return new Map([...threads].map(([threadId, refs]) => [threadId, [...refs.values()]]))
}

class SealWork implements ThreadWork {
  readonly #options: SealOptions
  readonly #scope: ClaimScope
  readonly #held = new Set<ClaimId>()

  constructor(
    options: SealOptions,
    scope: ClaimScope,
    readonly context: ScrubContext,
  ) {
    this.#options = options
    this.#scope = scope
  }

  /**
   * Values that are known by their field alone would not be found in the rest of a thread, once an earlier run has sealed the
   * field: they are asked back from the vault.
   */
  async recall(refs: readonly SealedBefore[]): Promise<void> {
    if (refs.length === 0) return
    const { vault, principal, scanner } = this.#options
    const found = await restoreAll(vault, this.#scope, refs, principal)
    for (const result of found.values()) {
      if (!('payload' in result)) continue
      for (const text of textsOf(result.payload)) {
        this.context.memory.known.add(text)
        for (const hit of scanner.scan(text)) this.context.memory.known.add(hit.secret)
      }
    }
  }

  async commit(given: readonly Rewrite[]): Promise<readonly StoredCell[]> {
    const dead = await this.#mint(given)
    const rewrites = dead.size === 0 ? given : given.map((each) => this.#escape(each, dead))
    // What could not be undone is not done; the last pass names it.
    const entries = rewrites.flatMap((each) => this.#journalCell(each) ?? [])
    const changed = entries.map(({ rewrite }) => rewrite)
    const { store, journal } = this.#options
    journal.append(entries.map(({ entry }) => entry))
    const made = await store.replace(changed.map(({ cell, scrubbed: { bytes, type } }) => ({ cell, bytes, type })))
    return changed.filter((_, i) => made[i] !== true).map(({ cell }) => cell)
  }

  /** @returns URLs that stood in the text and are dead there. */
  async #mint(rewrites: readonly Rewrite[]): Promise<ReadonlySet<string>> {
    const { vault, tenant, maxTtlMs, principal } = this.#options
    const { memory } = this.context
    const { threadId } = this.#scope
    const subject = subjectOf(principal, undefined)
    const fresh = new Map<string, MintItem>()
    for (const item of rewrites.flatMap(({ scrubbed }) => scrubbed.items)) {
      if (!memory.isConfirmed(item.id, item.place, undefined)) fresh.set(placeKey(item.id, item.place), item)
    }
    const pasted = rewrites
      .filter(({ scrubbed }) => scrubbed.edits.length > 0)
      .flatMap(({ scrubbed }) => scrubbed.pasted)
    const live = new Set<string>()
    const all = [...fresh.values()]
    for (let i = 0; i < all.length || (i === 0 && pasted.length > 0); i += MINT_ITEMS) {
      const items = all.slice(i, i + MINT_ITEMS)
      const request = { tenant, threadId, items, pasted: i === 0 ? pasted : [], ttlMs: null, maxTtlMs, subject }
      const { livePasted, confirmMs } = await mint(vault, request)
      for (const key of livePasted) live.add(key)
      for (const { id, place } of items) memory.confirm(id, place, undefined, confirmMs)
      await this.#hold(items.map(({ id }) => id))
    }
    for (const key of fresh.keys()) live.add(key)
    return new Set(pasted.map(({ id, place }) => placeKey(id, place)).filter((key) => !live.has(key)))
  }

  /** A claim that the saver minted before would end while an undo may still need it. */
  async #hold(ids: readonly ClaimId[]): Promise<void> {
    const { vault, tenant, principal } = this.#options
    const due = [...new Set(ids)].filter((id) => !this.#held.has(id))
    const subject = subjectOf(principal, undefined)
    const { threadId } = this.#scope
    const held = { ids: due, ttlMs: null, boundByCredential: false, reason: 'held by fix' }
    await setLifetime(vault, { tenant, threadId, subject, ...held })
    for (const id of due) this.#held.add(id)
  }

  /** In text that a bare saver stored: where the vault knows a URL, or one is escaped, our own saver wrote it. */
  #escape({ cell, scrubbed }: Rewrite, dead: ReadonlySet<string>): Rewrite {
    const deadIds = new Set([...dead].map((key) => key.slice(0, key.indexOf(' '))))
    const own = findClaimUrls(Buffer.from(cell.bytes).toString('latin1')).filter((url) => this.#scope.owns(url))
    const isLiteral = own.every(({ escapes, id }) => escapes === 0 && deadIds.has(id))
    if (scrubbed.edits.length === 0 || own.length === 0 || !isLiteral) return { cell, scrubbed }
    const finish: Finish = (text, channel, messageId) =>
      escapeDead(
        text,
        (url) => this.#scope.owns(url) && dead.has(placeKey(url.id, this.#scope.place(channel, messageId))),
      )
    return { cell, scrubbed: scrubCell(cell, this.context, finish) }
  }

  #journalCell(rewrite: Rewrite): { readonly rewrite: Rewrite; readonly entry: JournalCell } | undefined {
    const { cell, scrubbed } = rewrite
    const undo = scrubbed.edits.length === 0 ? undefined : undoEdits(cell, scrubbed, this.#scope)
    if (undo === undefined) return undefined
    const { table, column, key, channel, type, bytes } = cell
    const entry = {
      table,
      column,
      key,
      ...(channel === undefined ? {} : { channel }),
      ...(type === scrubbed.type || type === null ? {} : { type }),
      before: hashCell(this.#options.vault, this.#scope, bytes),
      after: hashCell(this.#options.vault, this.#scope, scrubbed.bytes),
      undo,
    }
    return { rewrite, entry }
  }
}

/** Keyed: a plain hash of a row could be guessed at. */
export function hashCell(
  { naming }: VaultContext,
  scope: { tenant: string; threadId: string },
  bytes: Uint8Array,
): string {
  return toBase64Url(naming.fingerprint(bytes, scope))
}

/** Everything that a claim's payload says. */
export function textsOf(payload: Payload): readonly string[] {
  if (payload.kind === 'text') return [payload.text]
  if (payload.kind === 'bytes') return [Buffer.from(payload.bytes).toString('utf8')]
  return stringsIn(JSON.parse(payload.json))
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
