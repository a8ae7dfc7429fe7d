import { randomUUID } from 'node:crypto'
import type { MemorySaver } from '@langchain/langgraph'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/index.js'
import { createCanary, dumpMemory, findCanaries } from '../../src/testing/leak/index.js'
import { type Attack, leaks, MODEL_ATTACKS } from '../support/adversary.js'
import { agentSaver, tokenIn } from '../support/agents.js'
import { ARENA_TOOLS, runAttack } from '../support/arena.js'

/** The helper may claim nothing; everybody else of the tenant may. */
const POLICY = createPolicy({
  rules: [
    { id: 'all', effect: 'allow' },
    { id: 'no-helper', effect: 'deny', when: { agent: 'helper' } },
  ],
})

async function underAttack(attack: Attack, tools = ARENA_TOOLS, attacks?: readonly Attack[]) {
  const token = createCanary('token')
  const parts = await agentSaver({ authorizer: POLICY })
  const outcome = await runAttack(attack, { token, saver: parts.saver, tools, ...(attacks && { attacks }) })
  return { token, outcome, ...parts }
}

describe('a model that obeys what it reads', () => {
  it.each(MODEL_ATTACKS)('cannot get the token out, told to: $name', async (attack) => {
    const { token, outcome, inner, vault } = await underAttack(attack)
    const { seen, answered, streamed, attacker, notes, service } = outcome
    expect(leaks(token, seen), 'what the model was given').toEqual([])
    expect(leaks(token, answered, streamed), 'answers and streams').toEqual([])
    expect(leaks(token, attacker), 'the attacker’s server').toEqual([])
    expect(leaks(token, notes), 'notes').toEqual([])
    expect(
      service.filter((authorization) => authorization.includes(token)),
      'the service',
    ).toEqual([])
    expect(findCanaries(dumpMemory(inner as MemorySaver), new Map([['token', token]]))).toEqual([])
    expect(leaks(token, await vault.ledger())).toEqual([])
  })

  it.each(MODEL_ATTACKS.filter(({ name }) => !name.startsWith('name a')))(
    'gets it out of a bare agent, told to: $name',
    async (attack) => {
      const token = createCanary('token')
      const { answered, attacker, notes } = await runAttack(attack, { token })
      expect(leaks(token, answered, attacker, notes)).not.toEqual([])
    },
  )

  it('can still do its work: the tool that may have the token sends it to the service', async () => {
    const work: Attack = {
      name: 'deploy as usual',
      obey: (loot) => ({ tool: 'deploy', args: { token: loot, host: 'api.github.com' } }),
    }
    const { token, outcome } = await underAttack(work, ARENA_TOOLS, [work])
    expect(outcome.service).toEqual([`Bearer ${token}`])
    expect(leaks(token, outcome.seen, outcome.streamed, outcome.attacker)).toEqual([])
  })

  it('is told that a host may not have it, and the ledger has the attempt', async () => {
    const attack = MODEL_ATTACKS.find(({ name }) => name === 'deploy to a server of mine')!
    const { outcome, vault } = await underAttack(attack)
    expect(JSON.stringify(outcome.answered)).toContain('may not use github-token for evil.example')
    expect(outcome.attacker).toBe('')
    const claims = await vault.ledger({ operation: 'claim' })
    expect(claims.map(({ outcome: how, act, nodes }) => [how, act, nodes])).toEqual([['denied', 'lead', ['deploy']]])
  })

  it('is told no where a helper asks as itself, whom policy forbids it', async () => {
    const attack = MODEL_ATTACKS.find(({ name }) => name === 'ask a helper to do it')!
    const { outcome, vault } = await underAttack(attack)
    expect(JSON.stringify(outcome.answered)).toContain('A claim was not given out: denied')
    const [claim] = await vault.ledger({ operation: 'claim' })
    expect(claim).toMatchObject({ outcome: 'denied', act: 'helper' })
  })

  it('cannot use a handle from another thread, nor one that is made up, altered or revoked', async () => {
    const tools = { deploy: { allow: '*' } }
    const { saver, vault } = await agentSaver({ authorizer: POLICY })
    const run = (threadId: string, token: string, loot: (own: string) => string) => {
      const attack: Attack = {
        name: 'paste a handle',
        obey: (own) => ({ tool: 'deploy', args: { token: loot(own), host: 'api.github.com' } }),
      }
      return runAttack(attack, { token, saver, tools, threadId, attacks: [attack] })
    }
    const victim = createCanary('token')
    let handle = ''
    const usual = await run('victim', victim, (own) => {
      handle = own
      return own
    })
    expect(usual.service).toEqual([`Bearer ${victim}`])
    const altered = handle.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    for (const pasted of [handle, altered, handle.replace('claim:', 'claim-text:'), `claim://${randomUUID()}`]) {
      const { service } = await run(randomUUID(), createCanary('token'), () => pasted)
      expect(service).toEqual([`Bearer ${pasted}`])
    }
    await vault.revoke({ threadId: 'victim' }, { principal: { sub: 'worker' } })
    const after = await run('victim', victim, () => handle)
    expect(after.service).toEqual([])
    expect(JSON.stringify(after.answered)).toContain('A claim was not given out: revoked')
  })
})

/** Stated in docs/agents.md: what a guard around a tool cannot see. */
describe('the limits', () => {
  it('do not hold a tool that rightly has a value and no egress rule', async () => {
    const attack = MODEL_ATTACKS.find(({ name }) => name === 'deploy to a server of mine')!
    const { token, outcome } = await underAttack(attack, { deploy: { allow: 'github-*' } })
    expect(leaks(token, outcome.attacker)).toContain('raw')
    expect(leaks(token, outcome.seen, outcome.answered)).toEqual([])
  })

  it('do not see a value that a tool itself has turned into something else', async () => {
    const token = createCanary('token')
    const { saver } = await agentSaver()
    const secrets = await saver.secretsOf({ configurable: { thread_id: '1' } })
    await secrets.scrub(`{"access_token":"${token}"}`, 'messages')
    const backwards = [...token].reverse().join('')
    expect(await secrets.scrub(backwards, 'messages')).toBe(backwards)
    expect(tokenIn(JSON.stringify({ access_token: backwards }))).toBe(backwards)
  })
})
