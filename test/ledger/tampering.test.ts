import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeyRing } from '../../src/index.js'
import { anchoredRoot } from '../../src/ledger/anchors.js'
import { ChainKeys } from '../../src/ledger/chain-keys.js'
import { sealFirstKey } from '../../src/ledger/first-key.js'
import { parseAuditorPublicKey } from '../../src/ledger/ledger-keys.js'
import type { LedgerFindingKind } from '../../src/ledger/ledger-report.js'
import { eachRoot } from '../../src/ledger/read-ledger.js'
import { verifyStore } from '../../src/vault/verify-store.js'
import { pemOf, said, TamperedVault } from './tampered-vault.js'

/** Two writers, both closed: events 1 to 6 and 7 to 10. */
let unsealed: TamperedVault
/** The same under one root, then a third writer with 11 and 12 under another root, then 13 and 14 of a fourth. */
let sealed: TamperedVault

beforeAll(async () => {
  unsealed = TamperedVault.create()
  await unsealed.write(6)
  await unsealed.write(4, { audited: true })
  sealed = unsealed.copy()
  await sealed.seal()
  await sealed.write(2)
  await sealed.seal()
  await sealed.write(2)
})
afterAll(() => TamperedVault.dispose())

const writerOf = (vault: TamperedVault, seq: number): string =>
  String(vault.rows(`SELECT writer FROM ledger WHERE seq = ${seq}`)[0]!.writer)

async function kindsAfter(base: TamperedVault, ...sql: readonly string[]): Promise<readonly LedgerFindingKind[]> {
  const vault = base.copy()
  vault.sql(...sql)
  return vault.kinds()
}

async function anchorsOf(vault: TamperedVault): Promise<string> {
  return vault.withStore(async (store) => {
    const { vaultId } = (await store.readVault())!
    const lines: string[] = []
    for await (const row of eachRoot(store)) lines.push(`${JSON.stringify(anchoredRoot(vaultId, row))}\n`)
    return lines.join('')
  })
}

describe('an untouched ledger', () => {
  it('is intact, and the report says what could not have been seen', async () => {
    const report = await sealed.verify()
    expect(report).toMatchObject({ intact: true, records: 14, writers: 4, roots: 2, sealedThrough: 12, unsettled: [] })
    expect(report.blindSpots.join('\n')).toMatch(/Without an anchor/)
    expect(report.blindSpots.join('\n')).toMatch(/3 of the writers are sealed to the key-encryption key/)
    const anchored = await sealed.verify({ anchors: await anchorsOf(sealed) })
    expect(anchored.intact).toBe(true)
    expect(anchored.blindSpots.join('\n')).not.toMatch(/Without an anchor/)
  })

  it('is checked by an auditor without the vault keys, as far as chains are sealed to the auditor', async () => {
    const vault = TamperedVault.create()
    await vault.write(4, { audited: true })
    expect(await vault.kinds({ auditorKeys: [] })).toEqual(['unchecked'])
    const auditorKeys = [pemOf(vault.auditor.privateKey)]
    const report = await vault.withStore((store) => verifyStore(store, undefined, { auditorKeys }))
    expect(report).toMatchObject({ intact: true, records: 4 })
    expect(report.blindSpots.join('\n')).toMatch(/a writer that somebody else registered/)
  })
})

describe('records of schema version 1', () => {
  const insert = `INSERT INTO ledger (at, writer, tenant, operation, outcome, claims) VALUES (1, 'old', 'default', 'mint', 'ok', '[]')`

  it('are counted before the first chain, named as a blind spot, and protected once a root covers them', async () => {
    const vault = TamperedVault.create()
    await vault.withStore(async () => undefined)
    vault.sql(insert)
    await vault.write(2)
    const report = await vault.verify()
    expect(report).toMatchObject({ intact: true, records: 3, unchained: 1 })
    expect(report.blindSpots.join('\n')).toMatch(/1 records of schema version 1/)
    const edit = "UPDATE ledger SET sub = 'mallory' WHERE seq = 1"
    expect(await kindsAfter(vault, edit)).toEqual([])
    await vault.seal()
    expect(await kindsAfter(vault, edit)).toEqual(['interval'])
  })
})

describe('an edited record', () => {
  it.each([
    ['at', 'at = at + 1'],
    ['mac', 'mac = randomblob(32)'],
    ['tenant', "tenant = 'other'"],
    ['operation', "operation = 'peek'"],
    ['outcome', "outcome = 'denied'"],
    ['reason', "reason = 'a reason'"],
    ['thread_id', 'thread_id = NULL'],
    ['run_id', "run_id = 'R2'"],
    ['sub', "sub = 'mallory'"],
    ['act', 'act = NULL'],
    ['claims', "claims = '[]'"],
    ['rules', 'rules = \'["field"]\''],
    ['kinds', 'kinds = \'["test"]\''],
    ['channels', "channels = '[]'"],
    ['nodes', 'nodes = \'["n"]\''],
    ['count', 'count = 7'],
  ])('is noticed by its %s', async (_, change) => {
    expect(await kindsAfter(unsealed, `UPDATE ledger SET ${change} WHERE seq = 3`)).toEqual(['edited'])
    expect(await kindsAfter(sealed, `UPDATE ledger SET ${change} WHERE seq = 3`)).toEqual(['edited', 'interval'])
  })

  it('is noticed by its link, and named', async () => {
    const vault = unsealed.copy()
    vault.sql('UPDATE ledger SET link = 99 WHERE seq = 3')
    expect(said(await vault.verify())).toEqual([
      'Record 3 is beyond the registered end of its chain.',
      `Link 3 of writer ${writerOf(vault, 1)} is missing.`,
    ])
  })

  it('is noticed by its writer: it is too many there and missing here', async () => {
    const other = writerOf(unsealed, 8)
    const sql = `UPDATE ledger SET writer = '${other}' WHERE seq = 3`
    expect(await kindsAfter(unsealed, sql)).toEqual(['duplicate', 'edited', 'gap'])
  })

  it('cannot hide as a record of version 1, which had no link', async () => {
    const sql = 'UPDATE ledger SET link = NULL, mac = NULL WHERE seq = 3'
    expect(await kindsAfter(unsealed, sql)).toEqual(['gap', 'unchained'])
  })
})

describe('a record that was', () => {
  it('dropped is a gap, and named', async () => {
    const vault = unsealed.copy()
    vault.sql('DELETE FROM ledger WHERE seq IN (3, 4)')
    expect(said(await vault.verify())).toEqual([`Link 3–4 of writer ${writerOf(vault, 1)} is missing.`])
  })

  it('copied is there twice', async () => {
    const columns =
      'at, writer, tenant, operation, outcome, reason, thread_id, run_id, sub, act, claims, rules, count, link, mac'
    const sql = `INSERT INTO ledger (${columns}) SELECT ${columns} FROM ledger WHERE seq = 3`
    expect(await kindsAfter(unsealed, sql)).toEqual(['duplicate'])
  })

  it('made up under a writer is no record of it', async () => {
    const writer = writerOf(unsealed, 1)
    const insert = (link: number | null) =>
      `INSERT INTO ledger (at, writer, tenant, operation, outcome, claims, link, mac)
        VALUES (1, '${writer}', 'default', 'claim', 'ok', '[]', ${link}, ${link === null ? null : 'randomblob(32)'})`
    expect(await kindsAfter(unsealed, insert(7))).toEqual(['after-end'])
    expect(await kindsAfter(unsealed, insert(2))).toEqual(['duplicate'])
    expect(await kindsAfter(unsealed, insert(null))).toEqual(['unchained'])
    expect(await kindsAfter(unsealed, insert(9_007_199_254_740_991))).toEqual(['edited'])
  })

  it('swapped in place with another one of its writer is noticed once a root covers it, and NOT before', async () => {
    const swap = [
      'UPDATE ledger SET seq = -3 WHERE seq = 3',
      'UPDATE ledger SET seq = 3 WHERE seq = 4',
      'UPDATE ledger SET seq = 4 WHERE seq = -3',
    ]
    expect(await kindsAfter(sealed, ...swap)).toEqual(['interval'])
    expect(await kindsAfter(unsealed, ...swap)).toEqual([])
  })

  it('swapped in content with another one, of its writer or of another, is noticed', async () => {
    const swap = (a: number, b: number) =>
      `UPDATE ledger SET (operation, claims, mac) = (SELECT o.operation, o.claims, o.mac FROM ledger o
        WHERE o.seq = CASE ledger.seq WHEN ${a} THEN ${b} ELSE ${a} END) WHERE seq IN (${a}, ${b})`
    expect(await kindsAfter(unsealed, swap(3, 4))).toEqual(['edited'])
    expect(await kindsAfter(unsealed, swap(3, 8))).toEqual(['edited'])
  })

  it('given the link of another one and the other way round is noticed', async () => {
    const sql = 'UPDATE ledger SET link = CASE seq WHEN 3 THEN 4 ELSE 3 END WHERE seq IN (3, 4)'
    expect(await kindsAfter(unsealed, sql)).toEqual(['edited'])
  })
})

describe('a tail that was cut off', () => {
  it('is noticed up to the registered head', async () => {
    const vault = unsealed.copy()
    vault.sql('DELETE FROM ledger WHERE seq IN (9, 10)')
    expect(said(await vault.verify())).toEqual([
      `Writer ${writerOf(vault, 8)} is cut off: link 3–4 is missing behind its registered head.`,
    ])
  })

  it('is NOT noticed behind the head of a writer that did not close, unless a root covers it', async () => {
    const vault = TamperedVault.create()
    await vault.write(6, { close: false })
    await vault.seal()
    const cut = ['DELETE FROM ledger WHERE seq > 3']
    expect(await kindsAfter(vault, ...cut, 'DELETE FROM ledger_roots')).toEqual([])
    expect(await kindsAfter(vault, ...cut)).toEqual(['interval'])
  })

  it('is noticed with its root, its records and its writers gone, by an anchor alone', async () => {
    const vault = sealed.copy()
    const writer = writerOf(vault, 11)
    const last = writerOf(vault, 13)
    vault.sql(
      'DELETE FROM ledger WHERE seq > 10',
      'DELETE FROM ledger_roots WHERE number = 2',
      `DELETE FROM ledger_writers WHERE writer IN ('${writer}', '${last}')`,
    )
    expect(await vault.kinds()).toEqual([])
    expect(await vault.kinds({ anchors: await anchorsOf(sealed) })).toEqual(['anchor'])
  })
})

describe('a writer', () => {
  it('that was dropped leaves records of nobody', async () => {
    expect(await kindsAfter(unsealed, `DELETE FROM ledger_writers WHERE writer = '${writerOf(unsealed, 1)}'`)).toEqual([
      'unknown-writer',
    ])
  })

  it('that was dropped with all of its records is noticed once a root covers them, and NOT before', async () => {
    const drop = (seq: number) => [
      `DELETE FROM ledger_writers WHERE writer = '${writerOf(sealed, seq)}'`,
      `DELETE FROM ledger WHERE writer = '${writerOf(sealed, seq)}'`,
    ]
    expect(await kindsAfter(sealed, ...drop(1))).toEqual(['interval'])
    expect(await kindsAfter(sealed, ...drop(13))).toEqual([])
  })

  it.each([
    ['head', 'link = link - 2', ['after-end', 'head']],
    ['head that says it may lack records', "unsettled = '[[1,6]]'", ['head']],
    ['head that says it is open', 'closed = 0', ['head']],
    ['head in time', 'at = at + 1', ['head']],
    ['mac of its head', 'mac = randomblob(32)', ['head']],
    ['beginning', 'started_at = started_at + 1', ['writer']],
    ['first key', 'sealed_key = randomblob(60)', ['writer']],
    ['key id', "key_id = 'another'", ['unchecked']],
    ['kind of key', "sealed_to = 'auditor'", ['writer']],
  ])('with another %s is noticed', async (_, change, kinds) => {
    const sql = `UPDATE ledger_writers SET ${change} WHERE writer = '${writerOf(unsealed, 1)}'`
    expect(await kindsAfter(unsealed, sql)).toEqual(kinds)
  })

  it("with another writer's first key is noticed, also where the auditor's key opens both", async () => {
    const vault = TamperedVault.create()
    await vault.write(2, { audited: true })
    await vault.write(2, { audited: true })
    const swap = `UPDATE ledger_writers SET sealed_key = (SELECT sealed_key FROM ledger_writers o WHERE o.writer <> ledger_writers.writer)`
    expect(await kindsAfter(vault, swap)).toEqual(['writer'])
  })

  it('that anybody sealed to the public auditor key is not one of the vault', async () => {
    const vault = TamperedVault.create()
    await vault.write(2, { audited: true })
    await vault.withStore(async (store) => {
      const writer = crypto.randomUUID()
      const firstKey = crypto.getRandomValues(new Uint8Array(32))
      const forger = {
        vaultId: (await store.readVault())!.vaultId,
        keys: new KeyRing(KeyRing.generate()),
        auditor: parseAuditorPublicKey(pemOf(vault.auditor.publicKey)),
        registrationMac: () => new Uint8Array(32),
      }
      const head = { at: 1, unsettled: [], closed: false }
      const mac = new ChainKeys(firstKey).headMac(writer, head)
      const key = await sealFirstKey(forger, writer, 1, firstKey)
      await store.registerWriter({ writer, startedAt: 1, ...key, link: 0, ...head, mac })
    })
    expect(await vault.kinds()).toEqual(['writer'])
  })

  it('whose head was set back to an earlier one of its own is NOT noticed, and hides nothing that is there', async () => {
    const vault = TamperedVault.create()
    await vault.write(2, { close: false })
    const before = vault.rows('SELECT hex(mac) AS mac, at FROM ledger_writers')[0]!
    expect(await vault.kinds()).toEqual([])
    vault.sql(`UPDATE ledger_writers SET link = 0, at = ${before.at}, mac = x'${before.mac}', unsettled = '[]'`)
    expect(await vault.kinds()).toEqual([])
  })
})

describe('a root', () => {
  it.each([
    ['number', 'number = 3', ['root', 'signature']],
    ['beginning', 'from_seq = from_seq + 1', ['interval', 'root', 'signature']],
    ['end', 'to_seq = to_seq - 1', ['interval', 'signature']],
    ['count', 'count = count - 1', ['interval', 'signature']],
    ['time', 'at = at + 1', ['signature']],
    ['root', 'root = randomblob(32)', ['interval', 'signature']],
    ['previous', 'previous = randomblob(32)', ['root', 'signature']],
    ['list of writers', "writers = '[]'", ['signature']],
    ['key', "key_id = 'ed25519:0000000000000000'", ['signature']],
    ['signature', 'signature = randomblob(64)', ['signature']],
  ])('with another %s is noticed', async (_, change, kinds) => {
    expect(await kindsAfter(sealed, `UPDATE ledger_roots SET ${change} WHERE number = 2`)).toEqual(kinds)
  })

  it('that is missing between others is noticed', async () => {
    const kinds = await kindsAfter(sealed, 'DELETE FROM ledger_roots WHERE number = 1')
    expect(kinds).toContain('root')
  })

  it('that was the last is noticed by an anchor alone', async () => {
    const vault = sealed.copy()
    vault.sql('DELETE FROM ledger_roots WHERE number = 2')
    expect(await vault.kinds()).toEqual([])
    const report = await vault.verify({ anchors: await anchorsOf(sealed) })
    expect(said(report)).toEqual([expect.stringMatching(/^Root 2, anchored at .+, is not in the store/)])
  })

  it('that was made anew over other records is noticed by its signer', async () => {
    const vault = sealed.copy()
    vault.sql('DELETE FROM ledger_roots', 'DELETE FROM ledger WHERE seq = 14')
    const forger = vault.copy()
    Object.assign(forger, { signer: generateKeyPairSync('ed25519') })
    await forger.seal()
    Object.assign(forger, { signer: sealed.signer })
    expect(await forger.kinds()).toEqual(['signature', 'truncated'])
  })
})

it('an older copy of the whole database is noticed by an anchor alone', async () => {
  const older = sealed.copy()
  await sealed.copy().verify()
  const newer = sealed.copy()
  await newer.seal()
  expect(await older.kinds()).toEqual([])
  expect(await older.kinds({ anchors: await anchorsOf(newer) })).toEqual(['anchor'])
})
