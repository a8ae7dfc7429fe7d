import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClaimVault, type CreateOptions, KeyRing } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { parseClaimUrl } from '../../../src/vault/claim-url.js'
import { opaqueSecret } from '../../support/secrets.js'

// Whoever writes to the database has no keys. The rows of a real vault are edited by SQL, past the vault.

const ALICE = { principal: { sub: 'alice' } }
const HOUR_MS = 60 * 60_000
const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-tamper-'))
const file = path.join(folder, 'vault.db')
const keys = new KeyRing(KeyRing.generate())
const open = (tenant?: string) =>
  ClaimVault.open({
    store: SqliteClaimStore.fromConnString(file),
    keys,
    sweep: 'manual',
    ...(tenant ? { tenant } : {}),
  })
let vault: ClaimVault
let db: Database.Database

beforeAll(async () => {
  vault = await open()
  db = new Database(file)
})

afterAll(async () => {
  db.close()
  await vault.close()
  rmSync(folder, { recursive: true })
})

interface Made {
  readonly url: string
  readonly id: string
  readonly value: string
  readonly threadId: string
}

async function make(options: Partial<CreateOptions> = {}, by = vault): Promise<Made> {
  const value = opaqueSecret()
  const threadId = options.threadId ?? 'main'
  const url = await by.create(value, { threadId, maxClaims: 10_000, ...options })
  return { url, id: parseClaimUrl(url)!.id, value, threadId }
}

const claim = ({ url, threadId }: Made, by = vault) => by.claim(url, { threadId, ...ALICE })

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'given out',
    (error: { code?: string }) => error.code ?? 'unknown',
  )
}

const lastReason = async ({ id }: Made) => (await vault.ledger({ claim: id, operation: 'claim' })).at(-1)?.reason

/** Every bit of a cell, one at a time, with `probe` asked each time; the cell is put back. @returns what was answered. */
async function flipEveryBit(
  table: string,
  column: string,
  where: string,
  cell: unknown,
  probe: () => Promise<string>,
): Promise<Set<string>> {
  const select = db.prepare(`SELECT ${column} AS bytes FROM ${table} WHERE ${where} = ?`)
  const update = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where} = ?`)
  const { bytes } = select.get(cell) as { bytes: Buffer }
  const answers = new Set<string>()
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    update.run(flipped, cell)
    answers.add(await probe())
  }
  update.run(bytes, cell)
  return answers
}

describe('every bit', () => {
  it('of an envelope counts: none opens with one of them flipped, and nothing is used up', async () => {
    const made = await make()
    const answers = await flipEveryBit('claims', 'sealed', 'id', made.id, () => codeOf(claim(made)))
    expect([...answers]).toEqual(['ERR_ENVELOPE_INVALID'])
    expect(await claim(made)).toBe(made.value)
    expect(db.prepare('SELECT claimed FROM claims WHERE id = ?').get(made.id)).toEqual({ claimed: 1 })
  })

  it('of a wrapped branch key counts: its claims are damaged, and no other', async () => {
    const made = await make()
    const { key } = db.prepare('SELECT branch_key_id AS key FROM claims WHERE id = ?').get(made.id) as { key: string }
    const answers = await flipEveryBit('branch_keys', 'wrapped', 'id', key, async () => {
      vault.context().branchKeys.clear()
      return codeOf(claim(made))
    })
    expect([...answers]).toEqual(['ERR_CLAIM_DENIED'])
    expect(await lastReason(made)).toBe('damaged')
    vault.context().branchKeys.clear()
    expect(await claim(made)).toBe(made.value)
  })

  it('of the wrapped naming keys counts: the vault does not open', async () => {
    const { id } = db.prepare('SELECT vault_id AS id FROM vault').get() as { id: string }
    const answers = await flipEveryBit('vault', 'wrapped_naming_keys', 'vault_id', id, () => codeOf(open()))
    expect([...answers]).toEqual(['ERR_KEY_PROVIDER'])
  })

  it('of a row’s MAC counts: the claim is damaged', async () => {
    const made = await make()
    const answers = await flipEveryBit('claims', 'mac', 'id', made.id, () => codeOf(claim(made)))
    expect([...answers]).toEqual(['ERR_CLAIM_DENIED'])
    expect(await lastReason(made)).toBe('damaged')
  })

  it('of a claim URL counts: it is not one of this vault and thread any more', async () => {
    const made = await make()
    const answers = new Set<string>()
    for (let at = 0; at < made.url.length; at++) {
      for (let bit = 0; bit < 7; bit++) {
        const changed = String.fromCharCode(made.url.charCodeAt(at) ^ (1 << bit))
        const url = made.url.slice(0, at) + changed + made.url.slice(at + 1)
        answers.add(await codeOf(claim({ ...made, url })))
      }
    }
    expect([...answers]).toEqual(['ERR_CLAIM_URL_INVALID'])
  })
})

describe('a row edited by hand gives nothing out, and the ledger says damaged:', () => {
  const edits: readonly (readonly [string, string, Partial<CreateOptions>])[] = [
    ['its expiry raised', 'expires_at = expires_at + 1', { ttlMs: HOUR_MS }],
    ['its cap raised', 'cap_at = cap_at + 1', {}],
    ['its count set back', 'claimed = -1', {}],
    ['its limit raised', 'max_claims = max_claims + 1', { maxClaims: 1 }],
    ['its allow list lifted', 'allow = NULL', { allow: ['bob'] }],
    ['its allow list widened', `allow = '["bob","alice"]'`, { allow: ['bob'] }],
    ['its mode changed', "mode = 'resume'", {}],
    ['its generation changed', 'generation = generation + 1', {}],
    ['its rule changed', "rule_id = 'other'", {}],
    ['its creation moved', 'created_at = created_at + 1', {}],
    ['its credential’s expiry changed', 'credential_expires_at = 1', {}],
    ['its lease window widened', 'ttl_ms = 99999999', { mode: 'lease' }],
    ['a holder put into its lease', "lease_holder = 'x'", { mode: 'lease' }],
    ['another branch key named', "branch_key_id = 'x'", {}],
    ['its state brought back', "state = 'live'", {}],
  ]
  it.each(edits)('%s', async (_, edit, options) => {
    const made = await make(options)
    if (edit.startsWith('state')) await vault.revoke({ grant: made.url }, ALICE)
    db.prepare(`UPDATE claims SET ${edit} WHERE id = ?`).run(made.id)
    expect(await codeOf(claim(made))).toBe('ERR_CLAIM_DENIED')
    expect(await lastReason(made)).toBe('damaged')
  })
})

describe('rows moved by hand', () => {
  it('do not lend their ciphertext to another claim, not in the same thread either', async () => {
    const [a, b] = [await make(), await make()]
    db.prepare('UPDATE claims SET sealed = (SELECT sealed FROM claims WHERE id = ?) WHERE id = ?').run(b.id, a.id)
    expect(await codeOf(claim(a))).toBe('ERR_ENVELOPE_INVALID')
  })

  it('do not follow their id: a row under another claim’s id is damaged', async () => {
    const [a, b] = [await make(), await make()]
    db.prepare('UPDATE claims SET id = ? WHERE id = ?').run('x'.repeat(22), b.id)
    db.prepare('UPDATE claims SET id = ? WHERE id = ?').run(b.id, a.id)
    expect(await codeOf(claim(b))).toBe('ERR_CLAIM_DENIED')
    expect(await lastReason(b)).toBe('damaged')
  })

  it('do not reach another thread', async () => {
    const [mine, theirs] = [await make({ threadId: 'mine' }), await make({ threadId: 'theirs' })]
    db.prepare("UPDATE claims SET thread_id = 'mine' WHERE id = ?").run(theirs.id)
    const forged = vault.context().naming.url({ tenant: 'default', threadId: 'mine' }, parseClaimUrl(theirs.url)!.id)
    // Even with a tag that only the vault could make.
    expect(await codeOf(claim({ ...mine, url: forged }))).toBe('ERR_CLAIM_DENIED')
    expect(await lastReason(theirs)).toBe('damaged')
  })

  it('do not reach another tenant', async () => {
    const other = await open('other')
    const theirs = await make({}, other)
    db.prepare("UPDATE claims SET tenant = 'default' WHERE id = ?").run(theirs.id)
    const forged = vault.context().naming.url({ tenant: 'default', threadId: 'main' }, parseClaimUrl(theirs.url)!.id)
    expect(await codeOf(claim({ ...theirs, url: forged }))).toBe('ERR_CLAIM_DENIED')
    expect(await lastReason(theirs)).toBe('damaged')
    await other.close()
  })

  it('do not take a branch key of another tenant or window along', async () => {
    const made = await make()
    const { key } = db.prepare('SELECT branch_key_id AS key FROM claims WHERE id = ?').get(made.id) as { key: string }
    const stored = db.prepare('SELECT tenant, key_window AS w FROM branch_keys WHERE id = ?').get(key) as object
    for (const edit of ["tenant = 'elsewhere'", 'key_window = key_window + 7']) {
      db.prepare(`UPDATE branch_keys SET ${edit} WHERE id = ?`).run(key)
      vault.context().branchKeys.clear()
      expect(await codeOf(claim(made))).toBe('ERR_CLAIM_DENIED')
      db.prepare('UPDATE branch_keys SET tenant = @tenant, key_window = @w WHERE id = @key').run({ ...stored, key })
    }
    vault.context().branchKeys.clear()
    expect(await claim(made)).toBe(made.value)
  })

  it('put back as a whole are not noticed in the row, and are in the ledger’s count: a rollback, see doctor', async () => {
    const made = await make({ maxClaims: 1 })
    const before = db.prepare('SELECT * FROM claims WHERE id = ?').get(made.id) as Record<string, unknown>
    await claim(made)
    expect(await codeOf(claim(made))).toBe('ERR_CLAIM_DENIED')
    const columns = Object.keys(before).filter((name) => name !== 'id')
    db.prepare(`UPDATE claims SET ${columns.map((name) => `${name} = @${name}`).join(', ')} WHERE id = @id`).run(before)
    expect(await claim(made)).toBe(made.value)
    const events = await vault.ledger({ claim: made.id, operation: 'claim' })
    expect(events.filter(({ outcome }) => outcome === 'ok')).toHaveLength(2)
  })
})
