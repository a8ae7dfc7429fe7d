import { emptyCheckpoint, uuid6 } from '@langchain/langgraph-checkpoint'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runEject } from '../../../src/audit/eject/run-eject.js'
import { Journal } from '../../../src/audit/fix/journal.js'
import { secret } from '../../../src/index.js'
import { findClaimUrls } from '../../../src/vault/claim-url.js'
import { metadataOf } from '../../support/recording-saver.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import { resume, reviewGraph, runToInterrupt, threadOf } from '../fix/graphs.js'
import { FixHarness } from '../fix/harness.js'
import { cellsOf } from '../fix/rows.js'

const LEAVER = { sub: 'leaver' }

describe('eject', () => {
  let harness: FixHarness
  let token: string

  beforeEach(async () => {
    harness = await FixHarness.open()
    token = anthropicKey()
  })
  afterEach(() => harness.close())

  const eject = () =>
    harness.withStore(async (store) => {
      const { vaultId } = harness.vault.context().naming
      const head = { store: store.identity, vaultId, tenant: 'default', work: 'eject' } as const
      const journal = Journal.open(`${harness.journalFile}-eject`, head)
      try {
        return await runEject({ store, vault: harness.vault.context(), tenant: 'default', principal: LEAVER, journal })
      } finally {
        journal.close()
      }
    })
  const stored = () =>
    Object.values(cellsOf(harness.address))
      .map((cell) => Buffer.from(cell.split(' ')[2]!, 'hex').toString())
      .join('\n')

  it('leaves a store that the bare saver resumes, as if we had never been there', async () => {
    await harness.withBare((inner) => runToInterrupt(harness.wrap(inner), 'thread-1', token))
    expect(stored()).not.toContain(token)
    const seen = await harness.withBare((inner) =>
      reviewGraph(harness.wrap(inner), token).getState(threadOf('thread-1')),
    )
    const { left, changing, claims } = await eject()
    expect({ left, changing }).toEqual({ left: {}, changing: 0 })
    expect(claims).toBeGreaterThan(0)
    expect(findClaimUrls(stored())).toEqual([])
    await harness.withBare(async (saver) => {
      expect((await reviewGraph(saver, token).getState(threadOf('thread-1'))).values).toEqual(seen.values)
      expect((await resume(saver, 'thread-1')).items).toEqual([`sent ${token}`, `${token} yes`])
    })
  })

  it('puts back whole values in the shape that a bare saver writes', async () => {
    const value = {
      bytes: Uint8Array.from(Buffer.from(token)),
      pattern: new RegExp(token),
      list: [...Buffer.from(token)],
      [token]: 'a name',
      set: new Set([token]),
      message: `literal claim://nobody and ${token}`,
    }
    const checkpoint = { ...emptyCheckpoint(), id: uuid6(1), channel_values: { value } }
    const at = threadOf('thread-2')
    const bare = await harness.withBare(async (saver) => {
      await saver.put({ configurable: { thread_id: 'bare', checkpoint_ns: '' } }, checkpoint, metadataOf())
      return saver.getTuple(threadOf('bare'))
    })
    await harness.withBare((inner) =>
      harness
        .wrap(inner)
        .put({ configurable: { ...at.configurable, checkpoint_ns: '' } }, checkpoint, metadataOf(), {}),
    )
    await eject()
    const tuple = await harness.withBare((saver) => saver.getTuple(at))
    expect(tuple?.checkpoint).toEqual(bare?.checkpoint)
    const cells = Object.entries(cellsOf(harness.address)).filter(([name]) => name.endsWith(' checkpoint'))
    expect(new Set(cells.map(([, cell]) => cell)).size, 'the same bytes').toBe(1)
  })

  it('writes what was marked as a secret as what it is', async () => {
    const hidden = opaqueSecret()
    const checkpoint = {
      ...emptyCheckpoint(),
      id: uuid6(1),
      channel_values: { value: secret({ inner: hidden }), other: { marked: { item: secret(hidden) } } },
    }
    const at = { configurable: { thread_id: 'thread-3', checkpoint_ns: '' } }
    await harness.withBare((inner) => harness.wrap(inner).put(at, checkpoint, metadataOf(), {}))
    expect(stored()).not.toContain(hidden)
    await eject()
    const tuple = await harness.withBare((saver) => saver.getTuple(at))
    expect(tuple?.checkpoint.channel_values).toEqual({
      value: { inner: hidden },
      other: { marked: { item: hidden } },
    })
  })

  it('gives literal text back as it was written, once, however often it is called', async () => {
    const { naming } = harness.vault.context()
    const scope = { tenant: 'default', threadId: 'thread-4' }
    const url = naming.url(scope, naming.randomId())
    const text = `see ${url}, ${url.replace('claim:', 'claim-text:')} and ${token}`
    const checkpoint = { ...emptyCheckpoint(), id: uuid6(1), channel_values: { value: text } }
    const at = { configurable: { thread_id: 'thread-4', checkpoint_ns: '' } }
    await harness.withBare((inner) => harness.wrap(inner).put(at, checkpoint, metadataOf(), {}))
    for (let run = 0; run < 3; run++) {
      await eject()
      const tuple = await harness.withBare((saver) => saver.getTuple(at))
      expect(tuple?.checkpoint.channel_values.value).toBe(text)
    }
  })

  it('lists what has ended, and leaves its URL', async () => {
    await harness.withBare((inner) => runToInterrupt(harness.wrap(inner), 'thread-1', token))
    await harness.vault.revoke({ value: token }, { principal: LEAVER })
    const { left, claims } = await eject()
    expect(claims).toBeGreaterThanOrEqual(0)
    expect(left.revoked).toBeGreaterThan(0)
    expect(stored()).not.toContain(token)
    expect(findClaimUrls(stored()).length).toBeGreaterThan(0)
  })

  it('names in the ledger who took the secrets out, before they are out', async () => {
    await harness.withBare((inner) => runToInterrupt(harness.wrap(inner), 'thread-1', token))
    await eject()
    const events = await harness.vault.ledger({ operation: 'restore' })
    expect(events.some(({ sub, outcome }) => sub === 'leaver' && outcome === 'ok')).toBe(true)
  })

  it('takes nothing out for whom the vault does not permit it', async () => {
    await harness.withBare((inner) => runToInterrupt(harness.wrap(inner), 'thread-1', token))
    await harness.vault.revoke({ sub: 'leaver' }, { principal: { sub: 'admin' } })
    const { claims, cells } = await eject()
    expect({ claims, cells }).toEqual({ claims: 0, cells: 0 })
    expect(stored()).not.toContain(token)
  })
})
