import { describe, expect, it } from 'vitest'
import type { LedgerQuery } from '../../ledger/event.js'
import { ledgerRecord, linker, newId, put, type StoreContext } from './harness.js'

export function describeLedger(context: StoreContext): void {
  it('gives back every field of a record exactly as its writer signed it, and numbers it', async () => {
    const full = ledgerRecord({
      operation: 'claim',
      outcome: 'denied',
      reason: 'used up',
      threadId: 'thread-1',
      runId: 'run-1',
      sub: 'alice',
      act: 'agent-1',
      claims: [newId(), newId()],
      rules: ['github-pat'],
      kinds: ['private'],
      channels: ['messages'],
      nodes: ['agent'],
      count: 12,
      at: 1_234,
    })
    const bare = ledgerRecord()
    await put(context.store, { events: [full, bare] })
    const entries = await context.store.readEvents({})
    expect(entries).toStrictEqual([
      { ...full, seq: entries[0]!.seq },
      { ...bare, seq: entries[1]!.seq },
    ])
    expect(entries[1]!.seq).toBeGreaterThan(entries[0]!.seq)
  })

  it('answers who used which claim, when: by each field, and by several', async () => {
    const claim = newId()
    const others = [
      ledgerRecord({ at: 1_000 }),
      ledgerRecord({ at: 2_000, threadId: 'thread-1', runId: 'run-1', sub: 'a' }),
    ]
    const ours = {
      operation: 'restore',
      tenant: 'globex',
      threadId: 'thread-2',
      runId: 'run-2',
      sub: 'bob',
      writer: 'another',
    } as const
    await put(context.store, { events: others })
    await put(context.store, { events: [ledgerRecord({ ...ours, at: 3_000, claims: [newId(), claim, claim] })] })
    const [entry] = await context.store.readEvents({ claim })
    expect(entry).toMatchObject({ ...ours })
    const { at, seq } = entry!
    const queries: LedgerQuery[] = [
      { tenant: 'globex' },
      { threadId: 'thread-2' },
      { runId: 'run-2' },
      { sub: 'bob' },
      { writer: 'another' },
      { operation: 'restore' },
      { since: at },
      { since: at, until: at + 1 },
      { after: seq - 1 },
      { ...ours, claim, since: at },
    ]
    for (const query of queries) expect(await context.store.readEvents(query)).toEqual([entry])
    const misses: LedgerQuery[] = [{ claim: newId() }, { since: at + 1 }, { after: seq }, { claim, tenant: 'acme' }]
    for (const query of misses) expect(await context.store.readEvents(query)).toEqual([])
    expect(await context.store.readEvents({ until: at })).toHaveLength(2)
  })

  it('reads by page, in order, without a gap or a repeat', async () => {
    for (let batch = 0; batch < 5; batch++) {
      await put(context.store, {
        events: Array.from({ length: 5 }, (_, index) => ledgerRecord({ count: batch * 5 + index })),
      })
    }
    const read: number[] = []
    for (let after = 0; ; ) {
      const page = await context.store.readEvents({ after, limit: 10 })
      read.push(...page.map((entry) => entry.count ?? -1))
      after = page.at(-1)?.seq ?? after
      if (page.length < 10) break
    }
    expect(read).toEqual(Array.from({ length: 25 }, (_, index) => index))
  })

  it('gives each record of many racing writers a number of its own', async () => {
    const handles = [context.store, await context.again()]
    const event = { operation: 'mint', outcome: 'ok', tenant: 'acme', claims: [] } as const
    const writers = Array.from({ length: 40 }, (_, index) =>
      handles[index % 2]!.commit({ events: linker(`writer-${index}`)([event, event]) }),
    )
    await Promise.all(writers)
    const entries = await context.store.readEvents({})
    expect(new Set(entries.map((entry) => entry.seq)).size).toBe(80)
    expect(new Set(entries.map((entry) => entry.writer)).size).toBe(40)
  })

  describe('refuses a link that its writer has used before, since one chain must not have two ends,', () => {
    it('and stores nothing of that commit', async () => {
      const first = ledgerRecord()
      await put(context.store, { events: [first] })
      const again = context.store.commit({ events: [ledgerRecord(), { ...first, sub: 'copy' }] })
      await expect(again).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID', retryable: false })
      expect(await context.store.readEvents({})).toHaveLength(1)
    })

    it('but lets another writer use the same link', async () => {
      const first = ledgerRecord()
      await put(context.store, { events: [first] })
      await put(context.store, { events: [{ ...first, writer: 'another' }] })
    })
  })
}
