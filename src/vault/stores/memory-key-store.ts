import type { BranchKeyRow, KeyStore, LockRequest, VaultRow } from '../claim-store.js'
import { branchKeyCodec, vaultCodec } from './codecs.js'
import { compareText, sameBytes } from './compare.js'
import { type MemoryState, pairKey } from './memory-state.js'
import { checkLimit, checkTexts } from './row-codec.js'

/** Keys of a vault in memory, and its upkeep: locks and notes. */
export abstract class MemoryKeyStore implements KeyStore {
  readonly #state: MemoryState
  readonly #branchKeys = new Map<string, BranchKeyRow>()
  readonly #notes = new Map<string, string>()
  #vault: VaultRow | undefined

  protected constructor(state: MemoryState) {
    this.#state = state
  }

  async setup(): Promise<void> {
    this.#state.check()
  }

  async close(): Promise<void> {
    this.#state.close()
  }

  async readVault(): Promise<VaultRow | undefined> {
    this.#state.check()
    return this.#vault && vaultCodec.copy(this.#vault)
  }

  async initVault(row: VaultRow): Promise<VaultRow> {
    this.#state.check()
    this.#vault ??= vaultCodec.copy(row)
    return vaultCodec.copy(this.#vault)
  }

  async rewrapVault(row: VaultRow, expected: Uint8Array): Promise<boolean> {
    this.#state.check()
    if (this.#vault === undefined || !sameBytes(this.#vault.wrappedNamingKeys, expected)) return false
    this.#vault = vaultCodec.copy({ ...this.#vault, kekId: row.kekId, wrappedNamingKeys: row.wrappedNamingKeys })
    return true
  }

  async readBranchKeys(ids: readonly string[]): Promise<readonly BranchKeyRow[]> {
    this.#state.check()
    checkTexts(ids, 'ids')
    const wanted = new Set(ids)
    return [...this.#branchKeys.values()].filter((row) => wanted.has(row.id)).map((row) => branchKeyCodec.copy(row))
  }

  async initBranchKey(row: BranchKeyRow): Promise<BranchKeyRow> {
    this.#state.check()
    const key = pairKey(row.tenant, String(row.window))
    const stored = this.#branchKeys.get(key) ?? branchKeyCodec.copy(row)
    this.#branchKeys.set(key, stored)
    return branchKeyCodec.copy(stored)
  }

  async listBranchKeys(after = '', limit = 500): Promise<readonly BranchKeyRow[]> {
    this.#state.check()
    return [...this.#branchKeys.values()]
      .filter(({ id }) => compareText(id, after) > 0)
      .sort((a, b) => compareText(a.id, b.id))
      .slice(0, checkLimit(limit))
      .map((row) => branchKeyCodec.copy(row))
  }

  async rewrapBranchKey(row: BranchKeyRow, expected: Uint8Array): Promise<boolean> {
    this.#state.check()
    const [key, stored] = [...this.#branchKeys].find(([, { id }]) => id === row.id) ?? []
    if (key === undefined || stored === undefined || !sameBytes(stored.wrapped, expected)) return false
    this.#branchKeys.set(key, branchKeyCodec.copy({ ...stored, kekId: row.kekId, wrapped: row.wrapped }))
    return true
  }

  async destroyBranchKeys(before: number): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]> {
    this.#state.check()
    const gone = [...this.#branchKeys].filter(([, { window }]) => window >= 0 && window < before)
    for (const [key] of gone) this.#branchKeys.delete(key)
    return gone.map(([, { id, tenant, window }]) => ({ id, tenant, window }))
  }

  async acquireLock({ name, holder, ttlMs }: LockRequest): Promise<boolean> {
    this.#state.check()
    checkTexts({ name, holder })
    const now = this.#state.now()
    const held = this.#state.locks.get(name)
    if (held !== undefined && held.holder !== holder && held.until > now) return false
    this.#state.locks.set(name, { holder, until: now + ttlMs })
    return true
  }

  async releaseLock(name: string, holder: string): Promise<void> {
    this.#state.check()
    if (this.#state.locks.get(name)?.holder === holder) this.#state.locks.delete(name)
  }

  async readNote(name: string): Promise<string | undefined> {
    this.#state.check()
    return this.#notes.get(name)
  }

  async writeNote(name: string, text: string): Promise<void> {
    this.#state.check()
    checkTexts({ name, text })
    this.#notes.set(name, text)
  }
}
