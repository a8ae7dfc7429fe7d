import { describe, expect, it } from 'vitest'
import { ChannelModes } from '../../src/saver/channel-modes.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { CONFIG, Harness } from '../support/vault-harness.js'

describe('channels of handles', () => {
  it('keep their URLs when state is loaded, and go on living when it is stored again', async () => {
    const h = await Harness.open({ channels: { credentials: 'handles' } })
    const [left, restored] = [anthropicKey(), anthropicKey()]
    await h.put({ credentials: { token: left }, token: restored })
    const stored = h.inner.lastValues()
    const read = await h.read()
    expect(read.credentials).toEqual(stored.credentials)
    expect(read.token).toBe(restored)
    await h.put(read)
    expect(h.inner.lastValues()).toEqual(stored)
    expect((await h.read(h.elsewhere())).credentials).toEqual({ token: left })
  })

  it('also inside what holds fields of several channels: input, Send arguments, updates, interrupts', async () => {
    const h = await Harness.open({ channels: { credentials: 'handles' } })
    const [left, restored] = [opaqueSecret(), opaqueSecret()]
    const fields = { credentials: { password: left }, other: { password: restored } }
    await h.put({ __start__: fields, __pregel_tasks: [{ node: 'n', args: fields }] })
    await h.saver.putWrites(
      { configurable: { ...CONFIG.configurable, checkpoint_id: 'c' } },
      [['__interrupt__', { value: fields }]],
      't',
    )
    h.inner.replay()
    const tuple = (await h.saver.getTuple(CONFIG))!
    const text = JSON.stringify(tuple)
    expect(text).not.toContain(left)
    expect(text).toContain(restored)
  })

  it('can be all channels but some', () => {
    const modes = new ChannelModes({ '*': 'handles', profile: 'values' })
    expect(modes.leavesHandle(['messages', 0, 'content'])).toBe(true)
    expect(modes.leavesHandle(['profile', 'token'])).toBe(false)
    expect(modes.leavesHandle(['__start__', 'profile', 'token'])).toBe(false)
    expect(modes.leavesHandle(['__start__', 'messages', 0])).toBe(true)
    expect(modes.leavesHandle(['@metadata', 'writes'])).toBe(true)
    expect(modes.leavesHandle(['other', 'profile'])).toBe(true)
  })

  it('are named by values or handles only', () => {
    expect(() => new ChannelModes({ a: 'handle' } as never)).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
    )
    expect(() => new ChannelModes(null as never)).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
  })
})
