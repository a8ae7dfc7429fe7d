import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelVersions, PendingWrite } from '@langchain/langgraph-checkpoint'
import { describe, expect, it } from 'vitest'
import { checkpointOf, metadataOf } from '../support/recording-saver.js'
import { anthropicKey } from '../support/secrets.js'
import { CONFIG, Harness } from '../support/vault-harness.js'

describe('a call that waits for the vault', () => {
  it('stores ids, versions and positions as they were when it was made, too', async () => {
    const h = await Harness.open()
    const config = { configurable: { thread_id: 'thread-1' } }
    const checkpoint = {
      ...checkpointOf({ a: anthropicKey() }),
      channel_versions: { a: 1 },
      versions_seen: { n: { a: 1 } },
    }
    const newVersions: ChannelVersions = { a: 1 }
    const put = h.saver.put(config, checkpoint, metadataOf(), newVersions)
    config.configurable.thread_id = 'another'
    checkpoint.channel_versions.a = 2
    checkpoint.versions_seen.n.a = 2
    newVersions.a = 2
    await put
    expect(h.inner.puts).toMatchObject([
      [CONFIG, { channel_versions: { a: 1 }, versions_seen: { n: { a: 1 } } }, {}, { a: 1 }],
    ])

    const writes: PendingWrite[] = [
      ['a', anthropicKey()],
      ['b', 1],
    ]
    const putWrites = h.saver.putWrites(CONFIG, writes, 'task')
    writes[1]![1] = 2
    writes.push(['c', 1])
    await putWrites
    expect(h.inner.writes[0]![1]).toEqual([
      ['a', expect.stringMatching(/^claim:/)],
      ['b', 1],
    ])
  })
})

describe('a claim that is relied on without asking the vault', () => {
  const outlive = async (h: Harness) => {
    h.now += 60_000
    await sleep(150)
  }

  it('was seen by a read no longer ago than a quarter of its lifetime', async () => {
    const h = await Harness.open({ ttlMs: 400 })
    const token = anthropicKey()
    await h.put({ token })
    await h.read()
    await outlive(h)
    await h.put({ token })
    expect((await h.read()).token).toBe(token)
  })

  it('has a lifetime of its own, which a saver with a longer one does not extend', async () => {
    const h = await Harness.open({ ttlMs: 400 })
    const token = anthropicKey()
    await h.put({ token })
    const longer = h.elsewhere()
    for (let turn = 0; turn < 2; turn++) {
      await longer.put(CONFIG, checkpointOf({ token }), metadataOf(), {})
      await outlive(h)
    }
    await longer.put(CONFIG, checkpointOf({ token }), metadataOf(), {})
    h.inner.replay()
    expect((await h.read(longer)).token).toBe(token)
  })

  it('ends at its cap', async () => {
    const h = await Harness.open({}, { maxTtlMs: 100 })
    const token = anthropicKey()
    await h.put({ token })
    await outlive(h)
    await h.put({ token })
    expect((await h.read()).token).toBe(token)
  })
})

describe('a run id', () => {
  it('that is a credential for certain is refused on writes and reads: the ledger keeps it as it is', async () => {
    const h = await Harness.open()
    const runId = anthropicKey()
    await h.put({ token: anthropicKey() })
    const config = { configurable: { ...CONFIG.configurable, run_id: runId } }
    const refused = { code: 'ERR_SECRET_IN_NAME' }
    await expect(h.saver.getTuple(config)).rejects.toMatchObject(refused)
    await expect(h.put({ a: 1 }, {}, { ...CONFIG, metadata: { run_id: runId } })).rejects.toMatchObject(refused)
    expect(JSON.stringify(await h.vault.ledger()) + h.stored()).not.toContain(runId)
  })
})

describe('a text full of secrets beside claim URLs', () => {
  it('takes time in proportion to its length', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const text = `${h.inner.lastValues().token} ${token} `
    const timed = async (repeats: number) => {
      const started = performance.now()
      await h.put({ token, text: text.repeat(repeats) })
      return performance.now() - started
    }
    await timed(1_000)
    const few = await timed(2_000)
    // Eight times the text took 28 times as long and more while each secret was compared with each URL.
    expect(await timed(16_000)).toBeLessThan(Math.max(few, 50) * 20)
    expect(h.stored()).not.toContain(token)
  })
})
