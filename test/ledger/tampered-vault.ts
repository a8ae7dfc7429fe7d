import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { parseSigningKey } from '../../src/ledger/ledger-keys.js'
import type { LedgerFindingKind, LedgerReport } from '../../src/ledger/ledger-report.js'
import { ed25519Signer } from '../../src/ledger/root.js'
import { sealIntervals } from '../../src/ledger/sealer.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { openNamingKeys } from '../../src/vault/open-naming-keys.js'
import { type VerifyLedgerOptions, verifyStore } from '../../src/vault/verify-store.js'
import { temporaryVaults } from '../vault/stores/temporary-vaults.js'

export const ALICE = { sub: 'alice', act: 'agent' }
/** Makes everything that was written by now old enough to be sealed. */
const LATER_MS = 120_000

export const pemOf = (key: KeyObject): string =>
  key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }).toString()

/** A vault in a real file, as an attacker who owns that file finds it. */
export class TamperedVault {
  static readonly #files = temporaryVaults()
  readonly key: string
  readonly auditor = generateKeyPairSync('x25519')
  readonly signer = generateKeyPairSync('ed25519')

  private constructor(
    readonly file: string,
    key: string,
  ) {
    this.key = key
  }

  static create(): TamperedVault {
    return new TamperedVault(TamperedVault.#files.file(), KeyRing.generate())
  }

  static dispose(): void {
    TamperedVault.#files.dispose()
  }

  /** Writes events as a process of its own would: an even number, two for each claim. */
  async write(events: number, { audited = false, close = true } = {}): Promise<void> {
    const vault = await ClaimVault.open({
      store: SqliteClaimStore.fromConnString(this.file),
      keys: new KeyRing(this.key),
      sweep: 'manual',
      ledger: audited ? { auditorKey: pemOf(this.auditor.publicKey) } : {},
    })
    for (let i = 0; i < events / 2; i++) {
      const url = await vault.create(`value-${i}`, { threadId: 'T', principal: ALICE, runId: 'R' })
      await vault.claim(url, { principal: ALICE, threadId: 'T', runId: 'R' })
    }
    if (close) await vault.close()
  }

  async seal(): Promise<void> {
    await this.withStore(async (store) => {
      const { vaultId } = await openNamingKeys(store, new KeyRing(this.key))
      const signer = ed25519Signer(parseSigningKey(pemOf(this.signer.privateKey)))
      await sealIntervals({ store, vaultId, signer, now: Date.now() + LATER_MS })
    })
  }

  verify(options: Partial<VerifyLedgerOptions> = {}, keys: KeyRing | undefined = new KeyRing(this.key)) {
    const own = {
      auditorKeys: [pemOf(this.auditor.privateKey)],
      signingKeys: [pemOf(this.signer.publicKey)],
    }
    return this.withStore((store) => verifyStore(store, keys, { ...own, ...options }))
  }

  async kinds(options: Partial<VerifyLedgerOptions> = {}): Promise<readonly LedgerFindingKind[]> {
    const { findings } = await this.verify(options)
    return [...new Set(findings.map(({ kind }) => kind))].sort()
  }

  /** Runs SQL as whoever owns the file, triggers or no triggers. */
  sql(...statements: readonly string[]): void {
    const db = new Database(this.file)
    const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all() as string[]
    for (const name of triggers) db.exec(`DROP TRIGGER ${name}`)
    db.exec('DROP INDEX IF EXISTS ledger_by_link')
    for (const statement of statements) db.exec(statement)
    db.close()
  }

  rows(sql: string): Record<string, unknown>[] {
    const db = new Database(this.file)
    const rows = db.prepare(sql).all() as Record<string, unknown>[]
    db.close()
    return rows
  }

  /** Another file with the same content, to tamper with. */
  copy(): TamperedVault {
    const copy = new TamperedVault(TamperedVault.#files.file(), this.key)
    Object.assign(copy, { auditor: this.auditor, signer: this.signer })
    // What a writer that did not close left in the write-ahead log belongs to it.
    const db = new Database(this.file)
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    copyFileSync(this.file, copy.file)
    return copy
  }

  async withStore<Result>(work: (store: SqliteClaimStore) => Promise<Result>): Promise<Result> {
    const store = SqliteClaimStore.fromConnString(this.file)
    await store.setup()
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }
}

export const said = ({ findings }: LedgerReport): readonly string[] => findings.map(({ what }) => what)
