import { describe, expect, it } from 'vitest'
import { anthropicKey } from '../support/secrets.js'
import { Harness } from '../support/vault-harness.js'

const at = (metadata: Record<string, unknown>) => ({ configurable: { thread_id: 'thread-1' }, metadata })

describe('the ledger event of a write and of a read', () => {
  it('tells rule, kind, channel, run, and the node where LangGraph names it', async () => {
    const h = await Harness.open()
    const config = at({ run_id: 'run-1', langgraph_node: 'tools' })
    await h.put({ token: anthropicKey() }, {}, config)
    await h.saver.getTuple(config)
    const [mint] = await h.vault.ledger({ operation: 'mint' })
    const [restore] = await h.vault.ledger({ operation: 'restore' })
    const expected = {
      sub: 'alice',
      runId: 'run-1',
      rules: ['anthropic-api-key'],
      channels: ['token'],
      nodes: ['tools'],
    }
    expect(mint).toMatchObject({ ...expected, kinds: ['private'] })
    expect(restore).toMatchObject(expected)
    expect(restore!.claims).toEqual(mint!.claims)
  })

  it('keeps no node name that is a secret: the write is refused as for any other name', async () => {
    const h = await Harness.open()
    const langgraph_node = anthropicKey()
    const put = h.put({ token: anthropicKey() }, {}, at({ langgraph_node }))
    await expect(put).rejects.toMatchObject({ code: 'ERR_SECRET_IN_NAME' })
    expect(JSON.stringify(await h.vault.ledger())).not.toContain(langgraph_node)
  })

  it('of a denied read tells no rule, since the row may not be what it says', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    await h.read(h.elsewhere({ principal: { sub: 'eve', tenant: 'other' } }))
    const [denied] = await h.vault.ledger({ operation: 'restore' })
    expect(denied).toMatchObject({ outcome: 'denied', reason: 'denied' })
    expect(denied!.rules ?? []).toEqual([])
  })
})
