import {
  Annotation,
  Command,
  END,
  INTERRUPT,
  isGraphInterrupt,
  isInterrupted,
  MemorySaver,
  START,
  StateGraph,
} from '@langchain/langgraph'
import { describe, expect, it } from 'vitest'
import {
  ClaimVault,
  KeyRing,
  MemoryClaimStore,
  runAs,
  type SecretInterrupt,
  SecretSafeSaver,
  type SecretSafeSaverOptions,
  useSecret,
} from '../../src/index.js'
import { createCanary, dumpMemory, findCanaries } from '../../src/testing/leak/index.js'
import { Rights } from '../support/access.js'
import { opaqueSecret } from '../support/secrets.js'

const State = Annotation.Root({ credential: Annotation<string>(), answer: Annotation<unknown>() })
const CONFIG = { configurable: { thread_id: '1' } }
const BOSS = { principal: { sub: 'boss' } }

/** A graph that fetches a credential, stops, and uses it in its next node. */
async function fixture(
  use: (url: string) => Promise<unknown>,
  options: Partial<SecretSafeSaverOptions> = {},
  rights = new Rights().allow('worker', 'claim', 'restore'),
) {
  const inner = new MemorySaver()
  const vault = await ClaimVault.open({
    store: new MemoryClaimStore(),
    keys: new KeyRing(KeyRing.generate()),
    authorizer: rights,
    sweep: 'manual',
  })
  const saver = new SecretSafeSaver(inner, {
    vault,
    principal: { sub: 'worker' },
    fields: ['credential'],
    channels: { credential: 'handles' },
    ...options,
  })
  const secret = createCanary('token')
  const graph = new StateGraph(State)
    .addNode('login', () => ({ credential: secret }))
    .addNode('work', async ({ credential }) => ({ answer: await use(credential) }))
    .addEdge(START, 'login')
    .addEdge('login', 'work')
    .addEdge('work', END)
    .compile({ checkpointer: saver, interruptBefore: ['work'] })
  await graph.invoke({}, CONFIG)
  return { graph, vault, inner, secret, rights, saver }
}

describe('useSecret', () => {
  it('gives the value to a function in a node, and neither its answer nor the store carries it on', async () => {
    const seen: string[] = []
    const urls: string[] = []
    const { graph, vault, inner, secret } = await fixture((url) => {
      urls.push(url)
      return useSecret(url, (value) => {
        seen.push(value)
        return {
          echoed: `Bearer ${value}`,
          encoded: Buffer.from(`x:${value}`).toString('base64'),
          length: value.length,
        }
      })
    })
    const { answer } = await graph.invoke(null, CONFIG)
    expect(seen).toEqual([secret])
    expect(answer).toEqual({ echoed: `Bearer ${urls[0]}`, encoded: urls[0], length: secret.length })
    expect(findCanaries(dumpMemory(inner), new Map([['token', secret]]))).toEqual([])
    const [claim] = await vault.ledger({ operation: 'claim' })
    expect(claim).toMatchObject({ outcome: 'ok', sub: 'worker', nodes: ['work'], threadId: '1' })
  })

  it('puts the URL in the place of the value in what is thrown, fields and causes too', async () => {
    let thrown: unknown
    const { graph, secret } = await fixture((url) =>
      useSecret(url, (value) => {
        throw Object.assign(new TypeError(`401 for ${value}`, { cause: new Error(value) }), { header: value })
      }).catch((error: unknown) => {
        thrown = error
        throw error
      }),
    )
    await expect(graph.invoke(null, CONFIG)).rejects.toThrow(/^401 for claim:\/\//)
    const error = thrown as Error
    expect(
      [error.name, error.message, error.stack, JSON.stringify(error), String(error.cause)].join(' '),
    ).not.toContain(secret)
  })

  it('answers the very object where it is clean, and lets a graph’s own control flow through', async () => {
    const clean = new Map([['a', new Date()]])
    const command = new Command({ update: { answer: 'x' } })
    const { graph } = await fixture(async (url) => {
      expect(await useSecret(url, () => clean)).toBe(clean)
      expect(await useSecret(url, () => command)).toBe(command)
      return 'fine'
    })
    expect((await graph.invoke(null, CONFIG)).answer).toBe('fine')
  })

  it('covers a short secret where it stands as a word, and not inside other numbers', async () => {
    const { vault, saver } = await fixture(async () => undefined)
    const pin = '4711'
    const url = await vault.create(pin, { threadId: '1', maxClaims: 9 })
    const answer = await saver.useSecret(url, (value) => [`pin ${value}.`, '147112'], CONFIG)
    expect(answer).toEqual([`pin ${url}.`, '147112'])
  })

  it('gives a marked structure back as what it was', async () => {
    const seen: unknown[] = []
    const { graph, inner } = await fixture(async () => undefined, {
      fields: ['answer'],
      channels: { answer: 'handles' },
    })
    await graph.updateState(CONFIG, { answer: { user: 'u', pass: opaqueSecret(), at: new Map([['k', 1]]) } }, 'login')
    const { answer } = (await graph.getState(CONFIG)).values as { answer: string }
    await useSecret<unknown>(answer, (value) => seen.push(value), {
      config: CONFIG,
      saver: graph.checkpointer as never,
    })
    expect(seen[0]).toMatchObject({ user: 'u', at: new Map([['k', 1]]) })
    expect(dumpMemory(inner).length).toBeGreaterThan(0)
  })

  it('is denied for who may not claim, with the reason, and is as whoever runAs says', async () => {
    const { graph, vault } = await fixture((url) =>
      useSecret(url, (value) => value.length, { principal: { sub: 'stranger' } }),
    )
    await expect(graph.invoke(null, CONFIG)).rejects.toMatchObject({ code: 'ERR_UNRESOLVED', reason: 'denied' })
    await expect(runAs({ sub: 'other' }, () => graph.invoke(null, CONFIG))).rejects.toMatchObject({ reason: 'denied' })
    const denied = await vault.ledger({ operation: 'claim' })
    // Repeated denials are held back and counted.
    expect(denied.map(({ sub, outcome }) => [sub, outcome])).toEqual([['stranger', 'denied']])
  })

  it('interrupts the graph for an approval, without a value, and goes on once an approver has agreed in the vault', async () => {
    const rights = new Rights().set('worker', 'claim', { allowed: true, approval: { approvers: ['boss'] } })
    const { graph, vault, secret, inner } = await fixture((url) => useSecret(url, (value) => value.length), {}, rights)
    const paused = await graph.invoke(null, CONFIG)
    expect(isInterrupted<SecretInterrupt>(paused)).toBe(true)
    const [{ value: payload }] = (paused as never as Record<string, [{ value: SecretInterrupt }]>)[INTERRUPT]!
    expect(payload).toMatchObject({
      type: 'secret-safe/approval',
      approval: { state: 'pending', verb: 'claim', approvers: ['boss'] },
    })
    expect(JSON.stringify(paused)).not.toContain(secret)
    const { id } = (payload as Extract<SecretInterrupt, { type: 'secret-safe/approval' }>).approval
    for (const forged of [true, 'approve', { id, state: 'approved', by: 'boss' }]) {
      expect(isInterrupted(await graph.invoke(new Command({ resume: forged }), CONFIG))).toBe(true)
    }
    await vault.approve(id, BOSS)
    const { answer } = await graph.invoke(new Command({ resume: id }), CONFIG)
    expect(answer).toBe(secret.length)
    expect(findCanaries(dumpMemory(inner), new Map([['token', secret]]))).toEqual([])
    expect((await vault.ledger({ operation: 'approve' })).map(({ sub }) => sub)).toEqual(['boss'])
  })

  it('fails for good once an approver has refused', async () => {
    const rights = new Rights().set('worker', 'claim', { allowed: true, approval: { approvers: ['boss'] } })
    const { graph, vault } = await fixture((url) => useSecret(url, (value) => value.length), {}, rights)
    await graph.invoke(null, CONFIG)
    const [request] = await vault.approvals({ state: 'pending' }, BOSS)
    await vault.deny(request!.id, BOSS)
    await expect(graph.invoke(new Command({ resume: 'x' }), CONFIG)).rejects.toMatchObject({ reason: 'denied' })
  })

  it('interrupts for a claim that cannot be had, where the saver says so, and tries again when resumed', async () => {
    const rights = new Rights()
    const { graph, secret } = await fixture(
      (url) => useSecret(url, (value) => value.length),
      { onUnresolved: 'interrupt' },
      rights,
    )
    const paused = await graph.invoke(null, CONFIG)
    const [{ value: payload }] = (paused as never as Record<string, [{ value: SecretInterrupt }]>)[INTERRUPT]!
    expect(payload).toMatchObject({ type: 'secret-safe/unresolved', reason: 'denied' })
    rights.allow('worker', 'claim')
    expect((await graph.invoke(new Command({ resume: 'ok' }), CONFIG)).answer).toBe(secret.length)
  })

  it('asks for a fresh credential in place of an expired one, where the saver says so', async () => {
    let now = Date.now()
    const fresh = opaqueSecret()
    const rights = new Rights().allow('worker', 'claim', 'restore')
    const vault = await ClaimVault.open({
      store: new MemoryClaimStore({ now: () => now }),
      keys: new KeyRing(KeyRing.generate()),
      authorizer: rights,
      sweep: 'manual',
      refresh: { refresh: async () => ({ value: fresh, expiresAt: now + 3_600_000 }) },
    })
    const saver = new SecretSafeSaver(new MemorySaver(), {
      vault,
      principal: { sub: 'worker' },
      fields: ['credential'],
      channels: { credential: 'handles' },
      ttlMs: 60_000,
      onUnresolved: 'refresh',
    })
    const graph = new StateGraph(State)
      .addNode('login', () => ({ credential: opaqueSecret() }))
      .addEdge(START, 'login')
      .addEdge('login', END)
      .compile({ checkpointer: saver })
    await graph.invoke({}, CONFIG)
    now += 61_000
    const { credential } = (await graph.getState(CONFIG)).values as { credential: string }
    const seen: string[] = []
    await useSecret(credential, (value) => seen.push(value), { saver, config: CONFIG })
    expect(seen).toEqual([fresh])
  })

  it('says what to do outside a graph, and refuses what is no claim URL of this thread', async () => {
    const { saver } = await fixture(async () => undefined)
    await expect(useSecret('claim://x', () => 1)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    await expect(saver.useSecret('claim://x', () => 1, CONFIG)).rejects.toMatchObject({ code: 'ERR_CLAIM_URL_INVALID' })
    await expect(saver.useSecret('x', () => 1, {})).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    expect(isGraphInterrupt(new Error('x'))).toBe(false)
  })
})
