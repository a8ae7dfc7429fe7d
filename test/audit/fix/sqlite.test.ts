import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../src/vault/claim-row.js'
import { findClaimUrls } from '../../../src/vault/claim-url.js'
import { anthropicKey } from '../../support/secrets.js'
import { resume, reviewGraph, runToInterrupt, threadOf } from './graphs.js'
import { FixHarness } from './harness.js'
import { cellsOf } from './rows.js'

describe('a thread that a bare graph left waiting', () => {
  let harness: FixHarness
  let token: string

  beforeEach(async () => {
    harness = await FixHarness.open()
    token = anthropicKey()
    await harness.withBare((saver) => runToInterrupt(saver, 'thread-1', token))
  })
  afterEach(() => harness.close())

  const stored = () => Object.values(cellsOf(harness.address)).join('\n')
  const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase()

  it('goes on from the repaired checkpoints, its secret restored', async () => {
    const bare = await harness.withBare((saver) => reviewGraph(saver, token).getState(threadOf('thread-1')))
    await harness.fix()
    expect(stored()).not.toContain(hex(token))
    await harness.withBare(async (inner) => {
      const state = await reviewGraph(harness.wrap(inner), token).getState(threadOf('thread-1'))
      expect(state.values).toEqual(bare.values)
      expect(state.tasks.map(({ interrupts }) => interrupts)).toEqual(bare.tasks.map(({ interrupts }) => interrupts))
      const done = await resume(harness.wrap(inner), 'thread-1')
      expect(done.items).toEqual([`sent ${token}`, `${token} yes`])
    })
    expect(stored()).not.toContain(hex(token))
  })

  it('shows claim URLs to whom nobody has authorized', async () => {
    await harness.fix()
    await harness.withBare(async (inner) => {
      const tuple = await harness.wrap(inner, { principal: null }).getTuple(threadOf('thread-1'))
      const text = JSON.stringify(tuple)
      expect(text).not.toContain(token)
      expect(findClaimUrls(text).length).toBeGreaterThan(0)
    })
  })

  it('is read alike by every read path', async () => {
    const read = async (saver: Parameters<typeof reviewGraph>[0]) => {
      const tuples = []
      for await (const tuple of saver.list(threadOf('thread-1'))) tuples.push(tuple)
      const channels = ['messages', 'login', 'items']
      const history = await saver.getDeltaChannelHistory({ config: tuples[0]!.config, channels })
      return { tuples, history, first: await saver.getTuple(tuples.at(-1)!.config) }
    }
    const bare = await harness.withBare(read)
    await harness.fix()
    expect(await harness.withBare((inner) => read(harness.wrap(inner)))).toEqual(bare)
  })

  it('is put back byte for byte by an undo, which the ledger tells of', async () => {
    const before = cellsOf(harness.address)
    await harness.fix()
    expect(cellsOf(harness.address)).not.toEqual(before)
    const { restored, changed, lost } = await harness.undo()
    expect({ changed, lost }).toEqual({ changed: 0, lost: 0 })
    expect(restored).toBeGreaterThan(0)
    expect(cellsOf(harness.address)).toEqual(before)
    expect(await harness.vault.ledger({ operation: 'restore' })).not.toEqual([])
    expect(await harness.undo()).toMatchObject({ restored: 0, changed: 0 })
  })

  it('keeps what was written since an undo looked', async () => {
    await harness.fix()
    await harness.withBare((inner) => resume(harness.wrap(inner), 'thread-1'))
    const written = await harness.withBare((saver) => saver.getTuple(threadOf('thread-1')))
    const { changed } = await harness.undo()
    expect(changed).toBe(0)
    expect(await harness.withBare((saver) => saver.getTuple(threadOf('thread-1')))).toEqual(written)
  })

  it('has claims without an end until the fix is committed, and the saver’s from then on', async () => {
    await harness.fix()
    const rows = () => harness.vault.context().store.find({ tenant: 'default', threadId: 'thread-1', limit: 100 })
    expect((await rows()).every(({ ttlMs, capAt }) => ttlMs === null && capAt === null)).toBe(true)
    const changed = await harness.commit(30 * DAY_MS)
    expect(changed).toBe((await rows()).length)
    expect((await rows()).every(({ ttlMs, capAt }) => ttlMs === 30 * DAY_MS && capAt !== null)).toBe(true)
    expect(await harness.commit(30 * DAY_MS)).toBe(0)
    const { thread } = await harness.vault
      .context()
      .store.load({ tenant: 'default', threadId: 'thread-1', ids: [], places: [], revocations: [] })
    expect(thread?.held, 'an interrupt is pending').toBe(true)
    await harness.withBare(async (inner) => {
      expect((await resume(harness.wrap(inner), 'thread-1')).items).toContain(`${token} yes`)
    })
  })

  it('holds claims that the saver minted before, too', async () => {
    await harness.withBare((inner) => resume(harness.wrap(inner, { ttlMs: DAY_MS }), 'thread-1'))
    await harness.fix()
    const rows = await harness.vault.context().store.find({ tenant: 'default', threadId: 'thread-1', limit: 100 })
    const used = rows.filter(({ ttlMs }) => ttlMs === null)
    expect(used.length).toBeGreaterThan(0)
    await harness.withBare(async (inner) => {
      const { values } = await reviewGraph(harness.wrap(inner), token).getState(threadOf('thread-1'))
      expect(values.login.access_token).toBe(token)
    })
  })

  it('writes a journal without a secret, and a plan without one', async () => {
    const { readFileSync } = await import('node:fs')
    const result = await harness.fix()
    const journal = readFileSync(harness.journalFile, 'utf8')
    expect(journal.length).toBeGreaterThan(0)
    for (const text of [journal, JSON.stringify(result)]) {
      expect(text).not.toContain(token)
      expect(text).not.toContain(Buffer.from(token).toString('base64').slice(2, -4))
    }
  })

  it('is redacted for good, without a vault', async () => {
    const result = await harness.redact()
    expect(result.left).toEqual([])
    expect(stored()).not.toContain(hex(token))
    expect(stored()).toContain(hex('[redacted]'))
    await harness.withBare(async (saver) => {
      expect((await resume(saver, 'thread-1')).items).toContain('[redacted] yes')
    })
  })

  it('leaves the vault before the store: a vault that fails leaves every row as it was', async () => {
    const before = cellsOf(harness.address)
    const { store } = harness.vault.context()
    const commit = store.commit.bind(store)
    store.commit = async () => {
      throw new Error('down')
    }
    await expect(harness.fix()).rejects.toThrow()
    store.commit = commit
    expect(cellsOf(harness.address)).toEqual(before)
  })

  it('takes a row that changed meanwhile as it is now, and loses nothing', async () => {
    const other = anthropicKey()
    await harness.withStore(async (store) => {
      const replace = store.replace.bind(store)
      let done = false
      store.replace = async (changes) => {
        if (!done) {
          done = true
          const db = SqliteSaver.fromConnString(harness.address).db
          const { cell } = changes.find(({ cell: { column } }) => column === 'metadata' || column === 'checkpoint')!
          const sql = `UPDATE checkpoints SET metadata = CAST(? AS BLOB), checkpoint = checkpoint WHERE checkpoint_id = ?`
          db.prepare(sql).run(JSON.stringify({ source: 'loop', step: 7, parents: {}, note: other }), cell.key[2])
          const text = Buffer.from(cell.bytes).toString().replace('"v":4', '"v":4 ')
          db.prepare('UPDATE checkpoints SET checkpoint = CAST(? AS BLOB) WHERE checkpoint_id = ?').run(
            text,
            cell.key[2],
          )
          db.close()
        }
        return replace(changes)
      }
      await harness.fixStore(store)
    })
    expect(stored()).not.toContain(hex(token))
    expect(stored()).not.toContain(hex(other))
    expect(stored()).toContain(hex('"v":4 '))
  })

  it('is fixed beside a graph that is running on it', async () => {
    const tokens = Array.from({ length: 6 }, anthropicKey)
    const run = harness.withBare(async (inner) => {
      for (const [i, each] of tokens.entries()) await runToInterrupt(harness.wrap(inner), `beside-${i}`, each)
      return resume(harness.wrap(inner), 'beside-0')
    })
    const first = await harness.fix()
    expect((await run).items).toContain(`${tokens[0]} yes`)
    const second = await harness.fix()
    expect(first.plan.copies + second.plan.copies).toBeGreaterThan(0)
    for (const each of [token, ...tokens]) expect(stored()).not.toContain(hex(each))
    await harness.withBare(async (inner) => {
      for (const [i, each] of tokens.entries()) {
        const { values } = await reviewGraph(harness.wrap(inner), each).getState(threadOf(`beside-${i}`))
        expect(values.login.access_token).toBe(each)
      }
    })
  })
})
