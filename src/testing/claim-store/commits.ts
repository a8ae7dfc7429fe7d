import { describe, expect, it } from 'vitest'
import type { ClaimCommit } from '../../vault/claim-store.js'
import {
  bytes,
  claimRow,
  clock,
  ledgerEvent,
  ledgerRecord,
  link,
  load,
  loadRow,
  newId,
  place,
  put,
  type StoreContext,
  TENANT,
  THREAD,
  threadRow,
} from './harness.js'

const FULL = {
  mode: 'lease',
  maxClaims: 3,
  claimed: 1,
  allow: ['alice', 'bob'],
  ttlMs: 60_000,
  expiresAt: 1_900_000_000_123,
  capAt: 1_900_000_000_456,
  credentialExpiresAt: 1_900_000_000_789,
  leaseHolder: 'holder',
  sealedMetadata: bytes(40),
  sweepAt: 1_900_000_000_999,
} as const

export function describeCommits(context: StoreContext): void {
  it('gives back every field of a claim exactly, set or not', async () => {
    const rows = [claimRow(FULL), claimRow({ sealed: null, fingerprint: null, allow: [] })]
    await put(context.store, { insert: rows })
    for (const row of rows) expect(await loadRow(context.store, row.id)).toEqual(row)
  })

  it('shares no bytes with its callers, so that nobody changes a stored row by accident', async () => {
    const row = claimRow()
    const sealed = new Uint8Array(row.sealed!)
    await put(context.store, { insert: [row] })
    row.sealed!.fill(0)
    const first = await loadRow(context.store, row.id)
    expect(first?.sealed).toEqual(sealed)
    first!.sealed!.fill(0)
    expect((await loadRow(context.store, row.id))?.sealed).toEqual(sealed)
  })

  it('replaces the whole row when its mac is still the expected one', async () => {
    const row = claimRow()
    await put(context.store, { insert: [row] })
    const next = claimRow({ ...FULL, id: row.id, state: 'spent' })
    await put(context.store, { update: [{ row: next, expectedMac: row.mac }] })
    expect(await loadRow(context.store, row.id)).toEqual(next)
  })

  it('commits nothing at all as well, and says what time it is', async () => {
    const before = await clock(context.store)
    expect(await put(context.store, {})).toBeGreaterThanOrEqual(before)
  })

  it('stores ten thousand claims with places, runs and their event in one commit', async () => {
    const rows = Array.from({ length: 10_000 }, () => claimRow())
    const ids = rows.map((row) => row.id)
    const pairs = ids.map((id) => [id, place('p')] as const)
    await put(context.store, { insert: rows, places: pairs, runs: pairs, events: [ledgerRecord({ claims: ids })] })
    const snapshot = await load(context.store, ids, ['p'])
    expect(snapshot.claims).toHaveLength(10_000)
    expect(snapshot.places).toHaveLength(10_000)
    const changed = rows.map((row) => ({ row: { ...row, claimed: 1, mac: bytes() }, expectedMac: row.mac }))
    await put(context.store, { update: changed })
    expect((await load(context.store, ids)).claims.every((row) => row.claimed === 1)).toBe(true)
  })

  it('keeps places and runs once, however often they are added', async () => {
    const row = claimRow()
    await put(context.store, { insert: [row], places: [[row.id, place('a')]], runs: [[row.id, 'run-1']] })
    await put(context.store, {
      places: [
        [row.id, place('a')],
        [row.id, place('b')],
      ],
      runs: [[row.id, 'run-1']],
    })
    const { places } = await load(context.store, [row.id], ['a', 'b', 'c'])
    expect(places.map(([id, tag]) => `${id} ${tag}`).sort()).toEqual([`${row.id} a`, `${row.id} b`])
  })

  it("never moves a thread's last use back, whichever process writes last", async () => {
    const newest = threadRow(2_000)
    for (const thread of [threadRow(1_000), newest, threadRow(1_500), threadRow(2_000)]) {
      await put(context.store, { thread })
    }
    expect((await load(context.store, [])).thread).toEqual(newest)
  })

  it('keeps what was said last about a pending interrupt, also within one millisecond', async () => {
    const held = async () => (await load(context.store, [])).thread?.held
    await put(context.store, { thread: threadRow(1_000) })
    await put(context.store, { thread: threadRow(1_000, { held: true }) })
    expect(await held()).toBe(true)
    await put(context.store, { thread: threadRow(999) })
    expect(await held()).toBe(true)
    await put(context.store, { thread: threadRow(1_001) })
    expect(await held()).toBe(false)
  })

  it('adds and removes standing revocations of one tenant only', async () => {
    const revoked = async (tenant: string) =>
      (await context.store.load({ tenant, threadId: THREAD, ids: [], places: [], revocations: ['tag-1', 'tag-2'] }))
        .revocations
    const row = { tenant: TENANT, tag: 'tag-1', threadId: null }
    await put(context.store, { addRevocations: [row, { tenant: 'globex', tag: 'tag-2', threadId: null }] })
    await put(context.store, { addRevocations: [row] })
    expect(await revoked(TENANT)).toEqual(['tag-1'])
    await put(context.store, { removeRevocations: [{ tenant: TENANT, tag: 'tag-1' }] })
    expect(await revoked(TENANT)).toEqual([])
    expect(await revoked('globex')).toEqual(['tag-2'])
  })

  describe('refuses as a whole, leaving no row, place, revocation, last use or event behind,', () => {
    const refuses = async (fault: ClaimCommit): Promise<void> => {
      const innocent = claimRow()
      const stored = claimRow()
      const now = await put(context.store, { insert: [stored], thread: threadRow(1_000) })
      const next = { ...stored, claimed: 1, mac: bytes() }
      const result = await context.store.commit({
        thread: threadRow(now),
        addRevocations: [{ tenant: TENANT, tag: 'tag-1', threadId: null }],
        events: [ledgerRecord({ claims: [innocent.id] })],
        ...fault,
        insert: [innocent, ...(fault.insert ?? [])],
        update: [{ row: next, expectedMac: stored.mac }, ...(fault.update ?? [])],
        places: [[stored.id, place('a')], ...(fault.places ?? [])],
      })
      expect(result).toEqual({ committed: false })
      const snapshot = await context.store.load({
        tenant: TENANT,
        threadId: THREAD,
        ids: [innocent.id, stored.id],
        places: [place('a')],
        revocations: ['tag-1'],
      })
      expect(snapshot.claims).toEqual([stored])
      expect(snapshot).toMatchObject({ thread: { usedAt: 1_000 }, places: [], revocations: [] })
      expect(await context.store.readEvents({})).toEqual([])
    }

    /** No revocations stand in a commit that assumes something. */
    const without: ClaimCommit = { addRevocations: undefined as never }

    it('an insert that meets an existing id', async () => {
      const taken = claimRow()
      await put(context.store, { insert: [taken] })
      await refuses({ insert: [claimRow({ id: taken.id })] })
    })

    it('an update of a row that somebody else has changed', async () => {
      const row = claimRow()
      await put(context.store, { insert: [row] })
      await refuses({ update: [{ row: { ...row, mac: bytes() }, expectedMac: bytes() }] })
    })

    it('an update of a row that is gone', async () => {
      const row = claimRow()
      await refuses({ update: [{ row, expectedMac: row.mac }] })
    })

    it('a place of a claim that is gone, since its URL would lead nowhere', async () => {
      await refuses({ places: [[newId(), place('a')]] })
    })

    it('a run of a claim that is gone', async () => {
      await refuses({ runs: [[newId(), 'run-1']] })
    })

    it('a commit that takes for granted that a revocation does not stand', async () => {
      await put(context.store, { addRevocations: [{ tenant: TENANT, tag: 'tag-2', threadId: null }] })
      await refuses({ ...without, assuming: { tenant: TENANT, unrevoked: ['tag-3', 'tag-2'], notBefore: 0 } })
    })

    it('a commit that takes for granted that no interrupt is pending', async () => {
      await put(context.store, { thread: threadRow(500, { held: true }) })
      const innocent = claimRow()
      const assuming = { tenant: TENANT, unrevoked: [], notBefore: 0 }
      const change = { insert: [innocent], thread: threadRow(2_000), events: [ledgerRecord({})], assuming }
      expect(await context.store.commit(change)).toEqual({ committed: false })
      const { claims, thread } = await load(context.store, [innocent.id])
      expect([claims.length, thread?.usedAt, thread?.held]).toEqual([0, 500, true])
    })

    it("a commit that was made for a later time by the store's clock", async () => {
      const notBefore = (await clock(context.store)) + 60_000
      await refuses({ ...without, assuming: { tenant: TENANT, unrevoked: [], notBefore } })
    })

    it('a commit whose deadline has come', async () => {
      await refuses({ deadline: await clock(context.store) })
    })
  })

  it('commits under assumptions that hold, whatever is revoked elsewhere', async () => {
    await put(context.store, { addRevocations: [{ tenant: 'globex', tag: 'tag-1', threadId: null }] })
    const now = await clock(context.store)
    const row = claimRow()
    const assuming = { tenant: TENANT, unrevoked: ['tag-1', 'tag-2'], notBefore: now }
    const change = { insert: [row], places: [[row.id, place('a')]], thread: threadRow(now), assuming } as const
    expect(await context.store.commit(change)).toMatchObject({ committed: true })
    expect((await load(context.store, [row.id], ['a'])).places).toEqual([[row.id, 'a']])
    const again = { ...change, insert: [claimRow()], places: [], thread: threadRow(now + 1) }
    expect(await context.store.commit(again)).toMatchObject({ committed: true })
  })

  it.each(['addRevocations', 'records'] as const)('accepts no %s under an assumption', async (key) => {
    const assuming = { tenant: TENANT, unrevoked: [], notBefore: 0 }
    const commit = context.store.commit({ assuming, [key]: [] })
    await expect(commit).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })

  it('commits before its deadline', async () => {
    expect((await context.store.commit({ deadline: (await clock(context.store)) + 60_000 })).committed).toBe(true)
  })

  it('does not accept two versions of one claim in one commit', async () => {
    const row = claimRow()
    const twice = context.store.commit({ insert: [row, row] })
    await expect(twice).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })

  it.each(['o\'hara "x"; --', '日本語', '👩‍👩‍👧', '\\x41 {NULL,"a"}', 'null', '', '$1 ?1 :a', '\t\n\u0001\u{10FFFF}'])(
    'keeps names as they are: %j',
    async (name) => {
      const row = claimRow({ threadId: name, ruleId: name, allow: [name] })
      const events = [ledgerRecord({ threadId: name, sub: name, channels: [name] })]
      await put(context.store, { insert: [row], thread: threadRow(1, { threadId: name }), events })
      const snapshot = await context.store.load({
        tenant: TENANT,
        threadId: name,
        ids: [row.id],
        places: [],
        revocations: [],
      })
      expect(snapshot.claims).toEqual([row])
      expect(snapshot.thread?.threadId).toBe(name)
      expect(await context.store.find({ tenant: TENANT, threadId: name })).toEqual([row])
      expect(await context.store.readEvents({ threadId: name })).toMatchObject(events)
    },
  )

  it.each([
    ['a NUL, which PostgreSQL cannot keep', 'a\0b'],
    ['half of a surrogate pair, which would become another name', 'a\uD800b'],
  ])('refuses %s, in every field', async (_, name) => {
    const { store } = context
    const calls = [
      () => store.commit({ insert: [claimRow({ threadId: name })] }),
      () => store.commit({ thread: threadRow(1, { tenant: name }) }),
      () => store.commit({ events: [ledgerRecord({ sub: name })] }),
      () => store.commit({ runs: [[newId(), name]] }),
      () => store.load({ tenant: TENANT, threadId: name, ids: [], places: [], revocations: [] }),
      () => store.find({ tenant: TENANT, runId: name }),
      () => store.listThreads(name),
      () => store.deleteThread(TENANT, name, ledgerEvent(), link),
      () => store.readEvents({ sub: name }),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })
}
