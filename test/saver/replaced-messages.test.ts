import { HumanMessage } from '@langchain/core/messages'
import { describe, expect, it } from 'vitest'
import { createCanary } from '../../src/testing/leak/index.js'
import { agentSaver, sightings } from '../support/agents.js'
import { opaqueSecret } from '../support/secrets.js'

const config = (runId = 'run-1') => ({ configurable: { thread_id: 'thread-1' }, metadata: { run_id: runId } })

async function scrubbed(content: string) {
  const { saver, vault } = await agentSaver()
  const message = new HumanMessage({ id: 'human', content })
  const secrets = await saver.secretsOf(config())
  const scrub = async (): Promise<HumanMessage> => (await secrets.scrub([message], 'messages'))[0]!
  await scrub()
  return { saver, vault, message, secrets, scrub, first: await scrub() }
}

/** What took a message's place is used again, for as long as nothing has changed. */
describe('a message with a secret', () => {
  const token = createCanary('token')

  it('is replaced by the same object as before while it is as it was', async () => {
    const { scrub, first, message } = await scrubbed(`use ${token}`)
    expect(await scrub()).toBe(first)
    expect(message.content).toContain(token)
    expect(sightings(token, first.content)).toEqual([])
  })

  it('is scrubbed anew once it was changed', async () => {
    const { scrub, message } = await scrubbed(`use ${token}`)
    const other = createCanary('token')
    message.content = `use ${token}, then ${other}`
    expect(sightings(other, (await scrub()).content)).toEqual([])
    message.additional_kwargs.note = { auth: other }
    expect(sightings(other, await scrub())).toEqual([])
  })

  it('is scrubbed anew once somebody has changed what took its place', async () => {
    const { scrub, first } = await scrubbed(`use ${token}`)
    first.content = `use ${token} after all`
    const again = await scrub()
    expect(again).not.toBe(first)
    expect(sightings(token, again.content)).toEqual([])
  })

  it('is scrubbed anew once another value in it has become known', async () => {
    const word = opaqueSecret()
    const { scrub, secrets } = await scrubbed(`use ${token} as ${word}`)
    secrets.know(word)
    expect(String((await scrub()).content)).not.toContain(word)
  })

  it('is told to the vault again by another run, so that ending the first one takes nothing from it', async () => {
    const { saver, vault, message, first } = await scrubbed(`use ${token}`)
    const second = await saver.secretsOf(config('run-2'))
    await second.scrub([message], 'messages')
    await vault.revoke({ runId: 'run-1' }, { principal: { sub: 'worker' } })
    const url = /claim:\S+/.exec(String(first.content))![0]
    const used = await second.use<string, number>(url, (value) => value.length)
    expect(used).toBe(token.length)
  })

  it('keeps its own place in each channel', async () => {
    const { secrets, message, first } = await scrubbed(`use ${token}`)
    const [elsewhere] = await secrets.scrub([message], 'drafts')
    expect(elsewhere).not.toBe(first)
    expect(elsewhere!.content).toBe(first.content)
  })
})
