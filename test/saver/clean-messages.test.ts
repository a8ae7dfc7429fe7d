import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { beforeEach, describe, expect, it } from 'vitest'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { Harness } from '../support/vault-harness.js'

/** A message that was stored clean is not scanned again, unless something in it is another than before. */
describe('a message that was stored clean', () => {
  let h: Harness
  let token: string
  let message: AIMessage

  beforeEach(async () => {
    h = await Harness.open()
    token = anthropicKey()
    message = new AIMessage({
      id: 'ai-1',
      content: [{ type: 'text', text: 'Looking it up.' }],
      additional_kwargs: { notes: ['one'] },
      tool_calls: [{ id: 'call_1', name: 'search', args: { query: 'weather', deep: { list: ['a'] } } }],
    })
    await h.put({ messages: [message] })
    await h.put({ messages: [message] })
    expect(h.inner.lastValues().messages).toEqual([message])
  })

  const changes: Record<string, (message: AIMessage, token: string) => void> = {
    'its content is replaced': (changed, text) => {
      changed.content = text
    },
    'a content block is changed in place': (changed, text) => {
      ;(changed.content as { text: string }[])[0]!.text = `It is ${text}.`
    },
    'a tool argument deep inside is changed in place': (changed, text) => {
      changed.tool_calls![0]!.args.deep.list[0] = text
    },
    'a list inside grows': (changed, text) => {
      ;(changed.additional_kwargs.notes as string[]).push(text)
    },
    'a field is added': (changed, text) => {
      changed.additional_kwargs.extra = text
    },
    'a field takes the place of another': (changed, text) => {
      delete changed.tool_calls![0]!.args.query
      changed.tool_calls![0]!.args.other = text
    },
    'a field name becomes a secret': (changed, text) => {
      changed.response_metadata[text] = 1
    },
    'its constructor arguments are replaced': (changed, text) => {
      changed.lc_kwargs = { ...changed.lc_kwargs, extra: text }
    },
    'it gets a toJSON of its own': (changed, text) => {
      changed.toJSON = () => ({ text }) as never
    },
  }

  for (const [change, apply] of Object.entries(changes)) {
    it(`is scanned again when ${change}`, async () => {
      apply(message, token)
      await h.put({ messages: [message] })
      const stored = JSON.stringify(h.inner.lastValues())
      expect(stored).not.toContain(token)
      expect(stored).toContain('claim://')
    })
  }

  it('is scanned again once the thread knows a secret that stands in it', async () => {
    const secret = opaqueSecret()
    const early = new HumanMessage({ id: 'h-1', content: `Take ${secret} with you.` })
    await h.put({ messages: [message, early] })
    expect(h.stored()).toContain(secret)
    for (let i = 0; i < 3; i++) {
      await h.put({ messages: [message, early], password: secret })
      expect(JSON.stringify(h.inner.lastValues())).not.toContain(secret)
    }
  })

  it('reaches the inner saver as the same object', async () => {
    await h.put({ messages: [message, new HumanMessage({ id: 'h-1', content: token })] })
    expect((h.inner.lastValues().messages as unknown[])[0]).toEqual(message)
    await h.put({ messages: [message] })
    expect((h.inner.lastValues().messages as unknown[])[0]).toBe(message)
  })
})
