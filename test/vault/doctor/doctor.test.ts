import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ClaimDeniedError, KeyRing, MemoryClaimStore, VaultUnavailableError } from '../../../src/index.js'
import { runDoctor } from '../../../src/vault/doctor/run-doctor.js'
import { opaqueSecret } from '../../support/secrets.js'
import { contextOf, diagnose, newWitness } from './doctor-harness.js'

const HOUR_MS = 60 * 60_000
const MAIN = { threadId: 'main' }
const ALICE = { principal: { sub: 'alice' } }
const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-doctor-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const newKeys = () => new KeyRing(KeyRing.generate())

describe('doctor', () => {
  it('finds nothing in a sound vault that is swept', async () => {
    const context = await contextOf(new MemoryClaimStore(), newKeys())
    await context.vault!.create(opaqueSecret(), MAIN)
    await context.vault!.sweep()
    expect((await runDoctor(context)).filter(({ level }) => level !== 'ok')).toEqual([])
  })

  it('goes on when a check fails, and shows nothing of a foreign error, which may quote what it was given', async () => {
    const secret = opaqueSecret()
    const store = new MemoryClaimStore()
    const context = await contextOf(store, newKeys())
    store.readNote = async () => {
      throw new Error(`no ${secret}`)
    }
    const found = await diagnose(context)
    expect(found.sweeper).toEqual({
      id: 'sweeper',
      level: 'fail',
      message: 'The check unexpectedly failed with Error.',
    })
    expect(found.clock?.level).toBe('ok')
    expect(JSON.stringify(found)).not.toContain(secret)
  })

  it('tells what an unreachable store costs, by its code', async () => {
    const store = new MemoryClaimStore()
    const context = await contextOf(store, newKeys())
    store.readEvents = async () => {
      throw new VaultUnavailableError('The vault is away.')
    }
    expect((await diagnose(context)).restored?.message).toBe('The vault is away. (ERR_VAULT_UNAVAILABLE)')
  })
})

describe('doctor looks at keys', () => {
  it('names both keys when those at hand are not the vault’s', async () => {
    const context = await contextOf(new MemoryClaimStore(), newKeys())
    const found = await diagnose({ ...context, keys: newKeys(), vault: undefined })
    expect(found['vault-key']).toMatchObject({ level: 'fail', message: expect.stringContaining(context.row.kekId) })
  })

  it('asks for a rotation as long as an old key is needed', async () => {
    const store = new MemoryClaimStore()
    const old = KeyRing.generate()
    const first = await contextOf(store, new KeyRing(old))
    await first.vault!.create(opaqueSecret(), MAIN)
    const context = await contextOf(store, new KeyRing(KeyRing.generate(), [old]))
    const before = await diagnose(context)
    expect([before['vault-key']?.level, before['keys-in-use']?.level]).toEqual(['warn', 'warn'])
    await context.vault!.rotateKeys()
    const after = await diagnose({ ...context, row: (await store.readVault())! })
    expect([after['vault-key']?.level, after['keys-in-use']?.level]).toEqual(['ok', 'ok'])
  })

  it('refuses a key file that others may read, and warns of one beside the vault', async () => {
    const file = path.join(folder, 'key')
    writeFileSync(file, KeyRing.generate(), { mode: 0o600 })
    const context = await contextOf(new MemoryClaimStore(), newKeys(), { env: { SECRET_SAFE_KEY_FILE: file } })
    expect((await diagnose(context))['key-file']?.level).toBe('ok')
    const vaultFile = path.join(folder, 'vault.db')
    writeFileSync(vaultFile, '', { mode: 0o600 })
    expect((await diagnose({ ...context, file: vaultFile }))['key-file']?.level).toBe('warn')
    chmodSync(file, 0o640)
    expect((await diagnose(context))['key-file']).toMatchObject({
      level: 'fail',
      message: expect.stringContaining('chmod 600'),
    })
  })
})

describe('doctor looks at the place of a vault', () => {
  it('refuses a vault file that others may read', async () => {
    const file = path.join(folder, 'open.db')
    writeFileSync(file, '', { mode: 0o600 })
    const context = await contextOf(new MemoryClaimStore(), newKeys(), { file })
    expect((await diagnose(context))['vault-file']?.level).toBe('ok')
    chmodSync(file, 0o644)
    expect((await diagnose(context))['vault-file']?.level).toBe('fail')
  })

  it('warns of a folder that something synchronizes', async () => {
    const dropbox = mkdtempSync(path.join(folder, 'x-'))
    mkdirSync(path.join(dropbox, 'Dropbox'))
    const file = path.join(dropbox, 'Dropbox', 'vault.db')
    writeFileSync(file, '', { mode: 0o600 })
    const context = await contextOf(new MemoryClaimStore(), newKeys(), { file })
    expect((await diagnose(context))['vault-file']?.level).toBe('warn')
  })
})

describe('doctor looks at time', () => {
  it('warns when the clocks of host and store are apart', async () => {
    const context = await contextOf(new MemoryClaimStore({ now: () => Date.now() - HOUR_MS }), newKeys())
    expect((await diagnose(context)).clock).toMatchObject({ level: 'warn', message: expect.stringContaining('behind') })
  })

  it('warns when nobody sweeps, and of ciphertext that should be gone', async () => {
    let now = Date.now()
    const context = await contextOf(new MemoryClaimStore({ now: () => now }), newKeys())
    await context.vault!.create(opaqueSecret(), { ...MAIN, ttlMs: 1_000 })
    await context.vault!.sweep()
    now += 3 * HOUR_MS
    const found = await diagnose(context)
    expect([found.sweeper?.level, found.backlog?.level]).toEqual(['warn', 'warn'])
    await context.vault!.sweep()
    const swept = await diagnose(context)
    expect([swept.sweeper?.level, swept.backlog?.level]).toEqual(['ok', 'ok'])
  })
})

describe('doctor looks at the past', () => {
  /** A vault with one handoff that was claimed once, and a witness that saw it; then the same store without those events. */
  async function restoredVault() {
    const keys = newKeys()
    const witnessFile = newWitness()
    const store = new MemoryClaimStore()
    const context = await contextOf(store, keys, { witnessFile })
    const url = await context.vault!.create(opaqueSecret(), { ...MAIN, maxClaims: 5 })
    await diagnose(context)
    await context.vault!.claim(url, { ...MAIN, ...ALICE })
    await diagnose(context)
    const { readEvents } = store
    store.readEvents = async (query) =>
      (await readEvents.call(store, query)).filter(({ operation }) => operation !== 'claim')
    return { context, url, store, witnessFile }
  }

  it('suspends handoffs when the ledger lacks what was seen of it, until a person resumes', async () => {
    const { context, url, witnessFile } = await restoredVault()
    const seen = readFileSync(witnessFile, 'utf8')
    const found = await diagnose(context)
    expect([found.restored?.level, found.handoffs?.level]).toEqual(['fail', 'fail'])
    await expect(context.vault!.claim(url, { ...MAIN, ...ALICE })).rejects.toThrow(ClaimDeniedError)
    // The evidence stays, or a second run would find nothing.
    expect(readFileSync(witnessFile, 'utf8')).toBe(seen)
    expect((await diagnose(context)).restored?.level).toBe('fail')
    await context.vault!.resumeHandoffs(ALICE)
    expect(await context.vault!.claim(url, { ...MAIN, ...ALICE })).toEqual(expect.any(String))
  })

  it('notices a vault that went on after it was restored: the record is there, but it is another one', async () => {
    const store = new MemoryClaimStore()
    const context = await contextOf(store, newKeys())
    await context.vault!.create(opaqueSecret(), MAIN)
    await diagnose(context)
    const seen = JSON.parse(readFileSync(context.witnessFile, 'utf8')) as { mac: string }
    writeFileSync(
      context.witnessFile,
      JSON.stringify({ ...seen, mac: seen.mac.replace(/^../, seen.mac.startsWith('00') ? '01' : '00') }),
    )
    expect((await diagnose(context)).restored).toMatchObject({
      level: 'fail',
      message: expect.stringContaining('another one'),
    })
  })

  it('keeps its witness for its owner alone, and of one vault only', async () => {
    const context = await contextOf(new MemoryClaimStore(), newKeys())
    await diagnose(context)
    expect(statSync(context.witnessFile).mode & 0o777).toBe(0o600)
    const other = await contextOf(new MemoryClaimStore(), newKeys(), { witnessFile: context.witnessFile })
    expect((await diagnose(other)).restored).toMatchObject({
      level: 'fail',
      message: expect.stringContaining('is of vault'),
    })
    expect((await diagnose(other)).handoffs?.level).toBe('ok')
  })

  it('finds the last of many records without reading them all', async () => {
    const store = new MemoryClaimStore()
    const context = await contextOf(store, newKeys())
    for (let i = 0; i < 40; i++) await context.vault!.create(opaqueSecret(), MAIN)
    await diagnose(context)
    const { seq } = JSON.parse(readFileSync(context.witnessFile, 'utf8')) as { seq: number }
    expect(seq).toBe((await store.readEvents({})).at(-1)?.seq)
  })
})
