import { HumanMessage } from '@langchain/core/messages'
import { Annotation, Command, END, interrupt, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { type BaseCheckpointSaver, uuid6 } from '@langchain/langgraph-checkpoint'
import { beforeEach, describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver, secret } from '../../src/index.js'
import { renderStored } from '../support/render-stored.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'

const ALICE = { sub: 'alice' }
const State = Annotation.Root({
  ...MessagesAnnotation.spec,
  token: Annotation<string>(),
  pin: Annotation<unknown>(),
  header: Annotation<string>(),
  answer: Annotation<string>(),
})

const at = (threadId: string) => ({ configurable: { thread_id: threadId } })

/** Copying, over a saver that is really one of LangGraph's. */
export function describeCopyThread(
  open: () => Promise<{ checkpointer: BaseCheckpointSaver; close(): Promise<void> }>,
): void {
  let inner: BaseCheckpointSaver
  let vault: ClaimVault
  let saver: SecretSafeSaver

  beforeEach(async () => {
    const bare = await open()
    inner = bare.checkpointer
    vault = await ClaimVault.open({
      store: new MemoryClaimStore(),
      keys: new KeyRing(KeyRing.generate()),
      sweep: 'manual',
    })
    saver = new SecretSafeSaver(inner, { vault, principal: ALICE })
    return async () => {
      await vault.close()
      await bare.close()
    }
  })

  const graph = (checkpointer: BaseCheckpointSaver = saver) =>
    new StateGraph(State)
      .addNode('work', ({ token }) => ({ header: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` }))
      .addNode('ask', ({ token }) => ({ answer: interrupt(`may I use ${token}?`) as string }))
      .addEdge(START, 'work')
      .addEdge('work', 'ask')
      .addEdge('ask', END)
      .compile({ checkpointer })

  async function run(threadId: string) {
    const token = anthropicKey()
    const pin = opaqueSecret()
    const messages = [new HumanMessage({ id: 'm1', content: `my key is ${token}` })]
    await graph().invoke({ token, pin: secret(pin), messages }, at(threadId))
    return { token, pin }
  }

  async function dump(threadId: string): Promise<string> {
    const tuples: unknown[] = []
    for await (const tuple of inner.list(at(threadId))) tuples.push(tuple)
    return renderStored(tuples)
  }

  /** As a server does: byte for byte, without asking the saver that sealed it. */
  async function copyRaw(from: string, to: string): Promise<void> {
    const tuples = []
    for await (const tuple of inner.list(at(from))) tuples.unshift(tuple)
    for (const { checkpoint, metadata, parentConfig, pendingWrites, config } of tuples) {
      const ns = { thread_id: to, checkpoint_ns: config.configurable?.checkpoint_ns ?? '' }
      const parent = parentConfig?.configurable?.checkpoint_id
      const put = { configurable: { ...ns, ...(parent === undefined ? {} : { checkpoint_id: parent }) } }
      await inner.put(put, checkpoint, metadata!, checkpoint.channel_versions)
      for (const [taskId, channel, value] of pendingWrites ?? [])
        await inner.putWrites({ configurable: { ...ns, checkpoint_id: checkpoint.id } }, [[channel, value]], taskId)
    }
  }

  async function expectGoesOn(threadId: string, { token, pin }: { token: string; pin: string }): Promise<void> {
    const { values, tasks } = await graph().getState(at(threadId))
    expect(values.token).toBe(token)
    expect(values.pin.expose()).toBe(pin)
    expect(values.messages[0].content).toBe(`my key is ${token}`)
    expect(Buffer.from(values.header.slice(6), 'base64').toString()).toBe(`x:${token}`)
    expect(tasks[0]?.interrupts[0]?.value).toBe(`may I use ${token}?`)
    expect(await graph().invoke(new Command({ resume: 'yes' }), at(threadId))).toMatchObject({ token, answer: 'yes' })
  }

  describe('copyThread', () => {
    it('makes a thread that goes on by itself, with its whole history and its pending interrupt', async () => {
      const secrets = await run('source')
      const result = await saver.copyThread('source', 'copy')
      expect(result).toMatchObject({ left: 0 })
      expect(result.claims).toBeGreaterThanOrEqual(3)
      const ids = async (threadId: string) => {
        const found: string[] = []
        for await (const tuple of inner.list(at(threadId))) found.push(tuple.checkpoint.id)
        return found
      }
      expect(await ids('copy')).toEqual(await ids('source'))
      expect(await dump('copy')).not.toContain(secrets.token)
      await saver.deleteThread('source')
      await expectGoesOn('copy', secrets)
    })

    it('gives the copy claims of its own: ending those of the source does not end them, and back', async () => {
      const secrets = await run('source')
      await saver.copyThread('source', 'copy')
      await vault.revoke({ threadId: 'source' }, { principal: ALICE })
      expect((await graph().getState(at('source'))).values.token).toMatch(/^claim:/)
      await expectGoesOn('copy', secrets)
      expect(await vault.revoke({ value: secrets.token }, { principal: ALICE })).toBe(2)
      expect((await graph().getState(at('copy'))).values.token).toMatch(/^claim:/)
    })

    it('works over a copy that a server has made by itself, whose URLs restore nothing', async () => {
      const secrets = await run('source')
      await copyRaw('source', 'copy')
      expect((await graph().getState(at('copy'))).values.token).toMatch(/^claim:/)
      await saver.copyThread('source', 'copy')
      await expectGoesOn('copy', secrets)
    })

    it('that fails halfway loses nothing, and is done again by the same call', async () => {
      const secrets = await run('source')
      await copyRaw('source', 'copy')
      const before = await dump('source')
      for (const failAt of [1, 2, 3]) {
        let puts = 0
        const put = inner.put.bind(inner)
        inner.put = async (...args) => {
          if (++puts === failAt) throw new Error('the disk is full')
          return put(...args)
        }
        await expect(saver.copyThread('source', 'copy')).rejects.toThrow('the disk is full')
        inner.put = put
        expect(await dump('source')).toBe(before)
      }
      await saver.copyThread('source', 'copy')
      await expectGoesOn('copy', secrets)
    })

    it('seals what still stands in plaintext in the source, from before it was protected', async () => {
      const token = anthropicKey()
      await graph(inner).invoke({ token }, at('source'))
      expect(await dump('source')).toContain(token)
      await saver.copyThread('source', 'copy')
      expect(await dump('copy')).not.toContain(token)
      expect((await graph().getState(at('copy'))).values.token).toBe(token)
    })

    it('does not multiply a handoff, nor bring back what is revoked', async () => {
      const url = await vault.create(opaqueSecret(), { threadId: 'source' })
      const revoked = anthropicKey()
      await graph().invoke({ token: revoked, answer: url }, at('source'))
      await vault.revoke({ value: revoked }, { principal: ALICE })
      expect(await saver.copyThread('source', 'copy')).toMatchObject({ claims: 0 })
      const stored = await dump('copy')
      expect(stored).not.toContain(revoked)
      await expect(vault.claim(url, { threadId: 'copy', principal: ALICE })).rejects.toMatchObject({
        code: 'ERR_CLAIM_URL_INVALID',
      })
      expect((await graph().getState(at('copy'))).values.token).toMatch(/^claim:/)
    })

    it('keeps literal text that looks like a claim as it was', async () => {
      const { token } = await run('source')
      const raw = await inner.getTuple(at('source'))
      const literal = `see ${raw!.checkpoint.channel_values.token}`
      await graph().updateState(at('source'), { answer: literal })
      expect((await graph().getState(at('source'))).values).toMatchObject({ token, answer: literal })
      await saver.copyThread('source', 'copy')
      expect((await graph().getState(at('copy'))).values).toMatchObject({ token, answer: literal })
    })

    it('is denied without a principal, to another tenant, and by a policy that says no; nothing is stored then', async () => {
      await run('source')
      const policy = { decide: ({ verb }: { verb: string }) => ({ allowed: verb !== 'copy', reason: 'no' }) }
      const store = new MemoryClaimStore()
      const strict = await ClaimVault.open({
        store,
        keys: new KeyRing(KeyRing.generate()),
        sweep: 'manual',
        authorizer: policy,
      })
      const refused = { code: 'ERR_CLAIM_DENIED' }
      await expect(
        new SecretSafeSaver(inner, { vault, principal: null }).copyThread('source', 'copy'),
      ).rejects.toMatchObject(refused)
      const eve = new SecretSafeSaver(inner, { vault, principal: { sub: 'eve', tenant: 'other' } })
      await expect(eve.copyThread('source', 'copy')).rejects.toMatchObject(refused)
      await expect(
        new SecretSafeSaver(inner, { vault: strict, principal: ALICE }).copyThread('source', 'copy'),
      ).rejects.toMatchObject(refused)
      expect(await dump('copy')).toBe(renderStored([]))
      await strict.close()
    })

    it('refuses a target with checkpoints of its own, itself, and a source without any', async () => {
      await run('source')
      await run('other')
      const refused = { code: 'ERR_INPUT_INVALID' }
      const before = await dump('other')
      await expect(saver.copyThread('source', 'other')).rejects.toMatchObject(refused)
      await expect(saver.copyThread('source', 'source')).rejects.toMatchObject(refused)
      await expect(saver.copyThread(uuid6(0), 'new')).rejects.toMatchObject(refused)
      expect(await dump('other')).toBe(before)
    })

    it('is recorded in both threads, with the claims of both', async () => {
      await run('source')
      await saver.copyThread('source', 'copy')
      const events = await vault.ledger({ operation: 'copy' })
      expect(events.map(({ threadId, sub }) => [threadId, sub])).toEqual([
        ['source', 'alice'],
        ['copy', 'alice'],
      ])
      expect(events[0]!.claims.length).toBeGreaterThan(3)
    })
  })
}
