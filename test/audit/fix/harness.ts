import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { runAudit } from '../../../src/audit/engine/run-audit.js'
import { commitFix } from '../../../src/audit/fix/commit-fix.js'
import { Journal } from '../../../src/audit/fix/journal.js'
import { openFixStore } from '../../../src/audit/fix/open-store.js'
import { redactMode } from '../../../src/audit/fix/redact-mode.js'
import { type FixResult, runFix } from '../../../src/audit/fix/run-fix.js'
import { scrubContextOf } from '../../../src/audit/fix/scrub-context.js'
import { sealMode } from '../../../src/audit/fix/seal-mode.js'
import type { FixStore } from '../../../src/audit/fix/store.js'
import { undoFix } from '../../../src/audit/fix/undo-fix.js'
import { FieldPaths } from '../../../src/detect/field-paths.js'
import { createDetector } from '../../../src/detect-entry.js'
import { ClaimVault, KeyRing, SecretSafeSaver, type SecretSafeSaverOptions } from '../../../src/index.js'
import type { AnySaver } from '../../../src/saver/saver-call.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'
import { MemoryClaimStore } from '../../../src/vault/stores/memory.js'

export const FIXER = { sub: 'operator:test' }
export const READER = { sub: 'reader' }
export const FIELDS = ['value.marked.item']

/** A store that bare savers wrote to, and a vault. */
export class FixHarness {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-fix-'))
  readonly journalFile = path.join(this.directory, 'fix.journal')
  readonly detector = createDetector()
  readonly address: string
  vault!: ClaimVault
  readonly schema: string | undefined

  private constructor(address: string | undefined, schema: string | undefined) {
    this.address = address ?? path.join(this.directory, 'checkpoints.db')
    this.schema = schema
  }

  static async open(
    place: { readonly address?: string; readonly schema?: string } = {},
    store: ClaimStore = new MemoryClaimStore(),
  ): Promise<FixHarness> {
    const harness = new FixHarness(place.address, place.schema)
    harness.vault = await ClaimVault.open({ store, keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })
    return harness
  }

  /** A SQLite saver that is closed again: what it wrote lies in the file and its log. */
  async withBare<T>(work: (saver: SqliteSaver) => Promise<T>): Promise<T> {
    const saver = SqliteSaver.fromConnString(this.address)
    try {
      return await work(saver)
    } finally {
      saver.db.close()
    }
  }

  wrap<Inner extends AnySaver>(inner: Inner, options: Partial<SecretSafeSaverOptions> = {}): SecretSafeSaver<Inner> {
    return new SecretSafeSaver(inner, { vault: this.vault, principal: READER, fields: FIELDS, ...options })
  }

  async withStore<T>(work: (store: FixStore) => Promise<T>, writable = true): Promise<T> {
    const store = await openFixStore({ address: this.address, schema: this.schema, writable })
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }

  fix(options: { readonly apply?: boolean; readonly full?: boolean; readonly fields?: readonly string[] } = {}) {
    return this.withStore((store) => this.fixStore(store, options))
  }

  async fixStore(
    store: FixStore,
    {
      apply = true,
      full = false,
      fields = FIELDS,
    }: { apply?: boolean; full?: boolean; fields?: readonly string[] } = {},
  ): Promise<FixResult> {
    const journal = this.openJournal(store)
    const { vault, detector } = this
    const mode = sealMode({
      store,
      vault: vault.context(),
      tenant: vault.tenant,
      maxTtlMs: vault.maxTtlMs,
      principal: FIXER,
      journal,
      scanner: detector.scanner,
      contextOf: this.contextOf(fields),
    })
    try {
      return await runFix({ store, mode, scanner: detector.scanner, apply, vacuumFull: full, audit: this.audit })
    } finally {
      journal.close()
    }
  }

  redact(apply = true): Promise<FixResult> {
    const { scanner } = this.detector
    return this.withStore((store) =>
      runFix({
        store,
        mode: redactMode(store, this.contextOf(FIELDS)),
        scanner,
        apply,
        vacuumFull: false,
        audit: this.audit,
      }),
    )
  }

  undo() {
    return this.withJournal((store, journal) =>
      undoFix({ store, journal, vault: this.vault.context(), tenant: this.vault.tenant, principal: FIXER }),
    )
  }

  commit(ttlMs: number | null) {
    const [vault, tenant, principal] = [this.vault.context(), this.vault.tenant, FIXER]
    return this.withJournal((store, journal) =>
      commitFix({ store, journal, vault, tenant, principal, ttlMs, boundByCredential: false }),
    )
  }

  async close(): Promise<void> {
    await this.vault.close()
    rmSync(this.directory, { recursive: true, force: true })
  }

  readonly audit = () => runAudit({ store: this.address, schema: this.schema, config: {}, version: 'test' })

  contextOf(fields: readonly string[]) {
    const { detector } = this
    const maxSecretBytes = this.vault.maxSecretBytes
    return scrubContextOf({ detector, fields: new FieldPaths(fields), maxStateBytes: 256 << 20, maxSecretBytes })
  }

  openJournal(store: FixStore): Journal {
    const { vaultId } = this.vault.context().naming
    const head = { store: store.identity, vaultId, tenant: this.vault.tenant, work: 'fix' } as const
    return Journal.open(this.journalFile, head)
  }

  async withJournal<T>(work: (store: FixStore, journal: Journal) => Promise<T>): Promise<T> {
    return this.withStore(async (store) => {
      const journal = this.openJournal(store)
      try {
        return await work(store, journal)
      } finally {
        journal.close()
      }
    })
  }
}
