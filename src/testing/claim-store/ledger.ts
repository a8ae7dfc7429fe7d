import { expect, it } from 'vitest'
import type { LedgerQuery } from '../../ledger/event.js'
import { clock, ledgerEvent, newId, put, type StoreContext, WRITER } from './harness.js'

export function describeLedger(context: StoreContext): void {
  it("gives back every field of an event exactly, with the writer and the store's time", async () => {
    const full = ledgerEvent({
      operation: 'claim',
      outcome: 'denied',
      reason: 'used up',
      threadId: 'thread-1',
      runId: 'run-1',
      sub: 'alice',
      act: 'agent-1',
      claims: [newId(), newId()],
      rules: ['github-pat'],
      channels: ['messages'],
      count: 12,
    })
    const bare = ledgerEvent()
    const before = await clock(context.store)
    await put(context.store, { events: [full, bare] })
    const after = await clock(context.store)
    const entries = await context.store.readEvents({})
    expect(entries).toStrictEqual([
      { ...full, seq: entries[0]!.seq, at: entries[0]!.at, writer: WRITER },
      { ...bare, seq: entries[1]!.seq, at: entries[1]!.at, writer: WRITER },
    ])
    expect(entries[1]!.seq).toBeGreaterThan(entries[0]!.seq)
    for (const { at } of entries) {
      expect(at).toBeGreaterThanOrEqual(before)
      expect(at).toBeLessThanOrEqual(after)
    }
  })

  it('answers who used which claim, when: by each field, and by several', async () => {
    const claim = newId()
    const ours = ledgerEvent({
      operation: 'restore',
      tenant: 'globex',
      threadId: 'thread-2',
      runId: 'run-2',
      sub: 'bob',
      claims: [newId(), claim, claim],
    })
    await put(context.store, {
      events: [ledgerEvent(), ledgerEvent({ threadId: 'thread-1', runId: 'run-1', sub: 'a' })],
    })
    await new Promise((resolve) => setTimeout(resolve, 3))
    await put(context.store, { events: [ours] })
    const [entry] = await context.store.readEvents({ claim })
    expect(entry).toMatchObject({ ...ours })
    const { at, seq } = entry!
    const queries: LedgerQuery[] = [
      { tenant: 'globex' },
      { threadId: 'thread-2' },
      { runId: 'run-2' },
      { sub: 'bob' },
      { operation: 'restore' },
      { since: at },
      { since: at, until: at + 1 },
      { after: seq - 1 },
      { tenant: 'globex', threadId: 'thread-2', runId: 'run-2', sub: 'bob', claim, operation: 'restore', since: at },
    ]
    for (const query of queries) expect(await context.store.readEvents(query)).toEqual([entry])
    const misses: LedgerQuery[] = [{ claim: newId() }, { since: at + 1 }, { after: seq }, { claim, tenant: 'acme' }]
    for (const query of misses) expect(await context.store.readEvents(query)).toEqual([])
    expect(await context.store.readEvents({ until: at })).toHaveLength(2)
  })

  it('reads by page, in order, without a gap or a repeat', async () => {
    for (let batch = 0; batch < 5; batch++) {
      await put(context.store, {
        events: Array.from({ length: 5 }, (_, index) => ledgerEvent({ count: batch * 5 + index })),
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

  it('gives each event of many racing writers a number of its own', async () => {
    const handles = [context.store, await context.again()]
    const writers = Array.from({ length: 40 }, (_, index) =>
      handles[index % 2]!.commit({ events: [ledgerEvent(), ledgerEvent()] }, `writer-${index}`),
    )
    await Promise.all(writers)
    const entries = await context.store.readEvents({})
    expect(new Set(entries.map((entry) => entry.seq)).size).toBe(80)
    expect(new Set(entries.map((entry) => entry.writer)).size).toBe(40)
  })
}
