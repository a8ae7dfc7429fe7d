import { describe, expect, it } from 'vitest'
import { ApprovalRequiredError, ClaimDeniedError, InputError } from '../../src/index.js'
import { by, HOUR_MS, ownedHandoff, Rights, THREAD } from '../support/access.js'
import { serve } from '../support/http-server.js'
import { opaqueSecret } from '../support/secrets.js'
import { Harness } from '../support/vault-harness.js'

const DAY_MS = 24 * HOUR_MS

async function sensitive(needed = 1, options = {}) {
  const fixture = await ownedHandoff()
  const approval = { approvers: ['boss', 'lead-*'], needed, ...options }
  fixture.rights.set('agent', 'claim', { allowed: true, approval })
  const claim = (extra = {}) => fixture.h.vault.claim(fixture.url, { ...by('agent'), runId: 'run-1', ...extra })
  const request = async () => {
    const error = await claim().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApprovalRequiredError)
    return (error as ApprovalRequiredError).approvalId
  }
  return {
    ...fixture,
    claim,
    request,
    setApproval: (next: object) =>
      fixture.rights.set('agent', 'claim', { allowed: true, approval: { ...approval, ...next } }),
  }
}

describe('an approval', () => {
  it('is asked for once, consumes nothing until it is given, and is then good for that use', async () => {
    const { h, url, value, claim, request } = await sensitive()
    const id = await request()
    expect(await request()).toBe(id)
    const [info, ...others] = await h.vault.approvals({ state: 'pending' }, by('boss'))
    expect(others).toEqual([])
    expect(info).toMatchObject({
      id,
      claim: url,
      verb: 'claim',
      requester: { sub: 'agent' },
      runId: 'run-1',
      needed: 1,
    })
    expect(JSON.stringify(info)).not.toContain(value)
    expect(await h.vault.approve(id, by('boss'))).toMatchObject({ state: 'approved', validUntil: h.now + HOUR_MS })
    expect(await claim()).toBe(value)
    expect((await h.vault.peek(url, by('owner'))).claimsLeft).toBe(99)
    const operations = (await h.vault.ledger()).map(({ operation, sub }) => `${operation} ${sub}`)
    expect(operations).toContain('request-approval agent')
    expect(operations).toContain('approve boss')
    const [won] = (await h.vault.ledger({ operation: 'claim' })).filter(({ outcome }) => outcome === 'ok')
    expect(won).toMatchObject({ reason: `approval ${id}` })
  })

  it('takes as many different people as are needed', async () => {
    const { h, claim, request, value } = await sensitive(2)
    const id = await request()
    expect(await h.vault.approve(id, by('boss'))).toMatchObject({ state: 'pending' })
    expect(await h.vault.approve(id, by('boss', 'assistant'))).toMatchObject({ state: 'pending' })
    await expect(claim()).rejects.toThrow(ApprovalRequiredError)
    expect(await h.vault.approve(id, by('lead-2'))).toMatchObject({ state: 'approved' })
    expect(await claim()).toBe(value)
  })

  it('is given by nobody who asked, in whatever role, and by nobody who is not named', async () => {
    const { h, rights } = await sensitive()
    rights.set('lead-1', 'claim', { allowed: true, approval: { approvers: ['lead-*'] } })
    const claim = await h.vault.create(opaqueSecret(), THREAD)
    await h.vault.claim(claim, by('lead-1', 'lead-bot')).catch(() => undefined)
    const [request] = await h.vault.approvals({}, by('lead-2'))
    for (const voter of [by('lead-1'), by('lead-2', 'lead-bot'), by('lead-bot'), by('x', 'lead-1'), by('stranger')])
      await expect(h.vault.approve(request!.id, voter)).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.approve(request!.id, by('lead-2'))).toMatchObject({ state: 'approved' })
  })

  it('is refused by one, and stays so for as long as the request would have been open', async () => {
    const { h, claim, request } = await sensitive(2)
    const id = await request()
    await h.vault.approve(id, by('boss'))
    expect(await h.vault.deny(id, by('lead-1'))).toMatchObject({ state: 'denied' })
    await expect(claim()).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.approve(id, by('lead-2'))).rejects.toThrow(InputError)
    h.now += DAY_MS
    await expect(h.vault.peek((await h.vault.approvals({}, by('boss')))[0]!.claim, by('owner'))).resolves.toBeDefined()
  })

  it('can end the claim in the step that refuses it, by who may revoke it', async () => {
    const { h, url, request, rights } = await sensitive()
    rights.allow('boss', 'revoke')
    await h.vault.deny(await request(), { ...by('boss'), revoke: true })
    expect(await h.vault.peek(url, by('owner'))).toMatchObject({ state: 'revoked' })
  })

  it('is of no use for another claim, principal, agent, verb or run, or for another value behind the claim', async () => {
    const { h, url, claim, request, rights } = await sensitive()
    await h.vault.approve(await request(), by('boss'))
    const other = await h.vault.create(opaqueSecret(), THREAD)
    await expect(h.vault.claim(other, { ...by('agent'), runId: 'run-1' })).rejects.toThrow(ApprovalRequiredError)
    await expect(claim({ runId: 'run-2' })).rejects.toThrow(ApprovalRequiredError)
    await expect(claim({ principal: { sub: 'agent', act: 'sub-agent' } })).rejects.toThrow(ApprovalRequiredError)
    rights.set('twin', 'claim', { allowed: true, approval: { approvers: ['boss'] } })
    await expect(h.vault.claim(url, { ...by('twin'), runId: 'run-1' })).rejects.toThrow(ApprovalRequiredError)
    rights.allow('owner', 'replace')
    await h.vault.replace(url, opaqueSecret(), by('owner'))
    await expect(claim()).rejects.toThrow(ApprovalRequiredError)
  })

  it('ends after a while, and a request that nobody decides does too', async () => {
    const { h, claim, request, value } = await sensitive(1, { validMs: 60_000, requestTtlMs: 120_000 })
    const id = await request()
    await h.vault.approve(id, by('boss'))
    expect(await claim()).toBe(value)
    h.now += 60_000
    await expect(claim()).rejects.toThrow(ApprovalRequiredError)
    h.now += 120_000
    await expect(h.vault.approve(id, by('boss'))).rejects.toThrow(InputError)
  })

  it('is held against the policy as it is now: a stricter one asks again', async () => {
    const { h, claim, request, setApproval, value } = await sensitive()
    const id = await request()
    await h.vault.approve(id, by('lead-1'))
    setApproval({ approvers: ['boss'] })
    await expect(claim()).rejects.toThrow(ApprovalRequiredError)
    await h.vault.approve(id, by('boss'))
    expect(await claim()).toBe(value)
    setApproval({ approvers: ['boss', 'lead-*'], needed: 2 })
    await expect(claim()).rejects.toThrow(ApprovalRequiredError)
  })

  it('is worth nothing when its row was edited by hand, or its approver is revoked', async () => {
    const { h, claim, request, rights } = await sensitive()
    const id = await request()
    rights.allow('security', 'revoke')
    await h.vault.revoke({ sub: 'boss' }, by('security'))
    await expect(h.vault.approve(id, by('boss'))).rejects.toThrow(ClaimDeniedError)
    const { records } = await h.store.findRecords({ tenant: 'default', kind: 'approval' })
    const body = JSON.parse(records[0]!.body) as Record<string, unknown>
    const votes = [{ sub: 'boss', decision: 'approve', at: h.now }]
    const edited = {
      ...records[0]!,
      body: JSON.stringify({ ...body, votes, decidedAt: h.now, validUntil: h.now + DAY_MS }),
    }
    await h.store.commit({ records: [{ record: edited, expectedMac: records[0]!.mac }] })
    await expect(claim()).rejects.toThrow(ApprovalRequiredError)
  })

  it('is asked for a hundred times for one claim at most, by whatever runs', async () => {
    const { claim } = await sensitive()
    const codes = new Map<string, number>()
    for (let i = 0; i < 105; i++) {
      const code = await claim({ runId: `run-${i}` }).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      )
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    expect([...codes]).toEqual([
      ['ERR_APPROVAL_REQUIRED', 100],
      ['ERR_LIMIT_EXCEEDED', 5],
    ])
  })

  it('is shown to its parties alone', async () => {
    const { h, request } = await sensitive()
    const id = await request()
    const ids = async (sub: string) => (await h.vault.approvals({}, by(sub))).map((each) => each.id)
    expect(await ids('agent')).toEqual([id])
    expect(await ids('boss')).toEqual([id])
    expect(await ids('owner')).toEqual([id])
    expect(await ids('stranger')).toEqual([])
    expect(await h.vault.approvals({}, { principal: { sub: 'boss', tenant: 'other' } })).toEqual([])
  })

  it('leaves the URL in what is read transparently, with its reason, and asks nobody', async () => {
    const { h, rights } = await sensitive()
    rights.set('alice', 'restore', { allowed: true, approval: { approvers: ['boss'] } })
    const reasons: string[] = []
    const saver = h.elsewhere({
      onUnresolved: ({ reason }) => {
        reasons.push(reason)
        return undefined
      },
    })
    await h.put({ password: opaqueSecret() })
    expect((await h.read(saver)).password).toBe(h.inner.lastValues().password)
    expect(reasons).toEqual(['approval'])
    expect(await h.vault.approvals({}, by('boss'))).toEqual([])
  })
})

describe('a notice of a request for approval', () => {
  it('goes to a signed webhook and a callback, without a value', async () => {
    const bodies: string[] = []
    const server = await serve(async (request) => {
      bodies.push(await request.text())
      return new Response(null, { status: 204 })
    })
    const seen: string[] = []
    const rights = new Rights().set('agent', 'claim', { allowed: true, approval: { approvers: ['boss'] } })
    const webhook = { url: server.url, secret: opaqueSecret() + opaqueSecret() }
    const h = await Harness.open(
      {},
      { authorizer: rights, approvals: { webhook, onRequest: ({ id }) => seen.push(id) } },
    )
    const value = opaqueSecret()
    const url = await h.vault.create(value, THREAD)
    for (let i = 0; i < 3; i++) await h.vault.claim(url, by('agent')).catch(() => undefined)
    await h.vault.close()
    await server.close()
    expect(seen.length).toBe(1)
    expect(bodies.length).toBe(1)
    expect(JSON.parse(bodies[0]!)).toMatchObject({
      type: 'secret-safe.approval.requested',
      approval: { id: seen[0], claim: url },
    })
    expect(bodies[0]).not.toContain(value)
  })

  it('that fails stops nothing, and says nothing of why', async () => {
    const rights = new Rights().set('agent', 'claim', { allowed: true, approval: { approvers: ['boss'] } })
    const quoted = opaqueSecret()
    const failed: string[] = []
    const approvals = {
      onRequest: () => {
        throw new Error(quoted)
      },
      onNoticeFailed: (message: string) => failed.push(message),
    }
    const h = await Harness.open({}, { authorizer: rights, approvals })
    const url = await h.vault.create(opaqueSecret(), THREAD)
    await expect(h.vault.claim(url, by('agent'))).rejects.toThrow(ApprovalRequiredError)
    await h.vault.close()
    expect(failed.length).toBe(1)
    expect(failed[0]).not.toContain(quoted)
  })
})
