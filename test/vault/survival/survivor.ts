import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { ClaimDeniedError, ClaimVault, KeyRing, SecretSafeSaver } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { dumpSqlite, dumpSqliteFiles } from '../../../src/testing/leak/dump/sqlite.js'
import { findCanaries, type Sighting } from '../../../src/testing/leak/search.js'
import type { ClaimRow } from '../../../src/vault/claim-store.js'
import { findClaimUrls } from '../../../src/vault/claim-url.js'
import { expectedState, finishGraph, type Life, MAX_CLAIMS } from './life.js'
import { readLines, type SurvivalRun } from './survival-run.js'

const PRINCIPAL = { sub: 'test' }

/** What a process finds that starts after another one was killed. */
export class Survivor {
  private constructor(
    readonly run: SurvivalRun,
    readonly life: Life,
    readonly inner: SqliteSaver,
    readonly store: SqliteClaimStore,
  ) {}

  static async open(run: SurvivalRun): Promise<Survivor> {
    const store = SqliteClaimStore.fromConnString(run.vaultFile)
    const vault = await ClaimVault.open({ store, keys: new KeyRing(run.newKey, [run.key]), sweep: 'manual' })
    const inner = SqliteSaver.fromConnString(run.file)
    const saver = new SecretSafeSaver(inner, { vault, principal: PRINCIPAL })
    return new Survivor(
      run,
      { vault, saver, secrets: run.secrets, taken: () => {}, rotate: async () => {} },
      inner,
      store,
    )
  }

  async close(): Promise<void> {
    await this.life.vault.close()
    this.inner.db.close()
  }

  /** A URL in a checkpoint whose claim is gone could never be restored. A thread that is being deleted is the exception. */
  async expectEveryUrlHasItsClaim(): Promise<void> {
    const stored = dumpSqlite(this.inner.db).map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    const ids = new Set(stored.flatMap((text) => findClaimUrls(text)).map(({ id }) => id))
    const found = await this.store.load({ tenant: 'default', threadId: '', ids: [...ids], places: [], revocations: [] })
    const gone = new Set((await this.events('delete-thread')).flatMap(({ claims }) => claims))
    const missing = [...ids].filter((id) => !gone.has(id) && !found.claims.some((row) => row.id === id))
    expect(missing).toEqual([])
  }

  /** Deleting again ends what a kill between the vault and the saver left behind. */
  async expectDeletionCanBeFinished(): Promise<void> {
    await this.life.saver.deleteThread('deleted')
    const config = { configurable: { thread_id: 'deleted' } }
    expect(await this.life.saver.getTuple(config)).toBeUndefined()
    expect(await this.store.find({ tenant: 'default', threadId: 'deleted' })).toEqual([])
  }

  /** The ledger, the row and the process agree; what is left can still be taken, and not once more. */
  async expectCountersAreRight(): Promise<void> {
    const taken = readLines(this.run.takenFile)
    for (const row of await this.explicitClaims()) {
      const events = (await this.events('claim')).filter((event) => event.claims.includes(row.id))
      expect(events.filter(({ outcome }) => outcome === 'ok')).toHaveLength(row.claimed)
      const noted = taken.filter((url) => url.includes(row.id)).length
      // Counted before plaintext leaves: the process may have died before it could note what it had won.
      expect(row.claimed - noted).toBeOneOf([0, 1])
    }
  }

  async expectLimitsHold(): Promise<void> {
    const { vault } = this.life
    const scope = { tenant: 'default', threadId: 'main' }
    for (const row of await this.explicitClaims()) {
      const left = row.maxClaims! - row.claimed
      const url = vault.context().naming.url(scope, row.id)
      for (let i = 0; i < left; i++) await vault.claim(url, { principal: PRINCIPAL, threadId: 'main' })
      await expect(vault.claim(url, { principal: PRINCIPAL, threadId: 'main' })).rejects.toThrow(ClaimDeniedError)
    }
  }

  /** The old value or the new one, never neither. */
  async expectReplacementIsWhole(): Promise<void> {
    const { vault, secrets } = this.life
    for (const row of await this.store.find({ tenant: 'default', threadId: 'replaced' })) {
      const url = vault.context().naming.url({ tenant: 'default', threadId: 'replaced' }, row.id)
      const value = await vault.claim(url, { principal: PRINCIPAL, threadId: 'replaced' })
      expect(value).toBe(row.generation === 1 ? secrets.replaced : secrets.replacement)
    }
  }

  /** The rest of a rotation that was cut off; then nothing needs the old key. */
  async expectRotationCanBeFinished(): Promise<void> {
    const { vault } = this.life
    await vault.rotateKeys()
    const needed = (await vault.keysInUse()).filter(({ branchKeys, namingKeys }) => branchKeys + namingKeys > 0)
    expect(needed.every(({ current }) => current)).toBe(true)
  }

  /** What was in flight may be missing, and is named; nothing else is. */
  async expectLedgerIsIntact(): Promise<void> {
    const { intact, findings } = await this.life.vault.verifyLedger()
    expect({ intact, findings }).toEqual({ intact: true, findings: [] })
  }

  async expectGraphComesToItsEnd(): Promise<void> {
    expect(await finishGraph(this.life)).toMatchObject(expectedState(this.run.secrets))
  }

  private async explicitClaims(): Promise<readonly ClaimRow[]> {
    const rows = await this.store.find({ tenant: 'default', threadId: 'main' })
    return rows.filter(({ mode, maxClaims }) => mode === 'handoff' && (maxClaims === 1 || maxClaims === MAX_CLAIMS))
  }

  private events(operation: 'claim' | 'delete-thread') {
    return this.store.readEvents({ operation })
  }
}

/** Every file as it lies on the disk; read before a database is opened, which would fold its log into it. */
export function sightings({ file, vaultFile, secrets }: SurvivalRun, printed: string): Sighting[] {
  const files = [...dumpSqliteFiles(file), ...dumpSqliteFiles(vaultFile, 'vault')]
  const log = { area: 'log' as const, place: 'output of the child', bytes: Buffer.from(printed) }
  return findCanaries([...files, log], new Map(Object.entries(secrets)))
}

export function expectSoundFile(file: string): void {
  const db = new Database(file)
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(db.pragma('foreign_key_check')).toEqual([])
  db.close()
}
