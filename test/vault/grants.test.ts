import { describe, expect, it } from 'vitest'
import { ClaimDeniedError, InputError, LimitError } from '../../src/index.js'
import { by, HOUR_MS, ownedHandoff, Rights, THREAD } from '../support/access.js'
import { anthropicKey } from '../support/secrets.js'
import { Harness } from '../support/vault-harness.js'

describe('a grant', () => {
  it('lets its holder claim as itself, once and for an hour unless told, and is named in the ledger', async () => {
    const { h, url, value } = await ownedHandoff()
    await expect(h.vault.claim(url, by('worker'))).rejects.toThrow(ClaimDeniedError)
    const grant = await h.vault.grant(url, { ...by('owner'), to: 'worker' })
    expect(grant).toMatchObject({ from: null, by: { sub: 'owner' }, to: 'worker', verbs: ['claim'], count: 1, used: 0 })
    expect(grant.expiresAt).toBe(h.now + HOUR_MS)
    expect(await h.vault.claim(url, by('worker'))).toBe(value)
    await expect(h.vault.claim(url, by('worker'))).rejects.toThrow(ClaimDeniedError)
    const events = await h.vault.ledger()
    expect(events.find(({ operation }) => operation === 'grant')).toMatchObject({ sub: 'owner', outcome: 'ok' })
    expect(events.find(({ operation, outcome }) => operation === 'claim' && outcome === 'ok')).toMatchObject({
      sub: 'worker',
      reason: `grant ${grant.id}`,
    })
  })

  it('ends with its time, by the store’s clock', async () => {
    const { h, url } = await ownedHandoff()
    await h.vault.grant(url, { ...by('owner'), to: 'worker', ttlMs: 60_000 })
    h.now += 60_000
    await expect(h.vault.claim(url, by('worker'))).rejects.toThrow(ClaimDeniedError)
  })

  it('is for its holder, as user or as agent, and for nobody who merely acts beside it', async () => {
    const { h, url, value } = await ownedHandoff()
    await h.vault.grant(url, { ...by('owner'), to: 'deploy-agent', count: 5 })
    expect(await h.vault.claim(url, by('dana', 'deploy-agent'))).toBe(value)
    await expect(h.vault.claim(url, by('dana'))).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.claim(url, by('dana', 'other-agent'))).rejects.toThrow(ClaimDeniedError)
  })

  it('is for one run and one task where it says so', async () => {
    const { h, url, value } = await ownedHandoff()
    await h.vault.grant(url, { ...by('owner'), to: 'worker', runId: 'run-1', task: 'deploy', count: 9 })
    await expect(h.vault.claim(url, { ...by('worker'), runId: 'run-1' })).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.claim(url, { ...by('worker'), runId: 'run-2', task: 'deploy' })).rejects.toThrow(
      ClaimDeniedError,
    )
    expect(await h.vault.claim(url, { ...by('worker'), runId: 'run-1', task: 'deploy' })).toBe(value)
  })

  it('gives only the verbs that were handed on', async () => {
    const { h, url } = await ownedHandoff()
    await h.vault.grant(url, { ...by('owner'), to: 'auditor', verbs: ['peek'] })
    expect(await h.vault.peek(url, by('auditor'))).toMatchObject({ state: 'live' })
    await expect(h.vault.claim(url, by('auditor'))).rejects.toThrow(ClaimDeniedError)
  })

  it('restores transparently where it says restore, and only while who handed it on may restore', async () => {
    const rights = new Rights().allow('owner', 'restore', 'grant')
    const h = await Harness.open({}, { authorizer: rights })
    const token = anthropicKey()
    await h.put({ token })
    const url = h.inner.lastValues().token as string
    const read = async () => (await h.read(h.elsewhere({ principal: { sub: 'worker' } }))).token
    expect(await read()).toBe(url)
    await h.vault.grant(url, { ...by('owner'), to: 'worker', verbs: ['restore'] })
    expect(await read()).toBe(token)
    rights.set('owner', 'restore', { allowed: false })
    expect(await read()).toBe(url)
  })

  it.each([
    ['verbs', { verbs: ['claim', 'peek'] }],
    ['ttlMs', { ttlMs: 2 * HOUR_MS }],
    ['count', { count: 4 }],
    ['runId', { runId: 'run-2' }],
    ['task', { task: 'other' }],
  ] as const)('cannot be handed on wider in %s', async (name, wider) => {
    const { h, url } = await ownedHandoff()
    const limits = { count: 3, runId: 'run-1', task: 'deploy' }
    const parent = await h.vault.grant(url, { ...by('owner'), to: 'lead', ...limits })
    const handOn = h.vault.grant(url, { ...by('lead'), from: parent.id, to: 'worker', ...wider })
    await expect(handOn).rejects.toThrow(InputError)
    await expect(handOn).rejects.toThrow(name)
  })

  it('is handed on by its holder alone', async () => {
    const { h, url } = await ownedHandoff()
    const parent = await h.vault.grant(url, { ...by('owner'), to: 'lead' })
    await expect(h.vault.grant(url, { ...by('thief'), from: parent.id, to: 'thief' })).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.grant(url, { ...by('lead'), to: 'worker' })).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.grant(url, { ...by('lead'), from: 'nowhere', to: 'worker' })).rejects.toThrow(ClaimDeniedError)
  })

  it('debits every grant that it came from, so that siblings together get what their parent had', async () => {
    const { h, url } = await ownedHandoff()
    const parent = await h.vault.grant(url, { ...by('owner'), to: 'lead', count: 3 })
    for (const to of ['a', 'b', 'c']) await h.vault.grant(url, { ...by('lead'), from: parent.id, to, count: 3 })
    const claims = ['a', 'b', 'c'].flatMap((sub) => [1, 2, 3].map(() => h.vault.claim(url, by(sub)).catch(() => null)))
    const won = (await Promise.all(claims)).filter((value) => value !== null)
    expect(won.length).toBe(3)
    const grants = await h.vault.grants(url, by('owner'))
    expect(grants.find(({ id }) => id === parent.id)).toMatchObject({ count: 3, used: 3 })
    await expect(h.vault.claim(url, by('lead'))).rejects.toThrow(ClaimDeniedError)
  })

  it('ends with every grant that it came from', async () => {
    const { h, url, value } = await ownedHandoff()
    const parent = await h.vault.grant(url, { ...by('owner'), to: 'lead', count: 5 })
    const child = await h.vault.grant(url, { ...by('lead'), from: parent.id, to: 'worker' })
    const grandchild = await h.vault.grant(url, { ...by('worker'), from: child.id, to: 'tool' })
    expect(grandchild).toMatchObject({ from: child.id, count: 5 })
    expect(await h.vault.revoke({ grantId: parent.id }, by('owner'))).toBe(1)
    expect(await h.vault.revoke({ grantId: parent.id }, by('owner'))).toBe(0)
    for (const sub of ['lead', 'worker', 'tool'])
      await expect(h.vault.claim(url, by(sub))).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.claim(url, by('owner'))).toBe(value)
  })

  it('is revoked by who handed it on, who handed that on, or who may revoke the claim; by nobody else', async () => {
    const { h, url, rights } = await ownedHandoff()
    const parent = await h.vault.grant(url, { ...by('owner'), to: 'lead', count: 9 })
    const child = () => h.vault.grant(url, { ...by('lead'), from: parent.id, to: 'worker' })
    await expect(h.vault.revoke({ grantId: (await child()).id }, by('worker'))).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.revoke({ grantId: parent.id }, by('lead'))).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.revoke({ grantId: (await child()).id }, by('lead'))).toBe(1)
    rights.set('owner', 'revoke', { allowed: false })
    expect(await h.vault.revoke({ grantId: (await child()).id }, by('owner'))).toBe(1)
    rights.allow('security', 'revoke')
    expect(await h.vault.revoke({ grantId: (await child()).id }, by('security'))).toBe(1)
  })

  it('ends with a revoked subject, whether it holds it or handed it on', async () => {
    const { h, url, rights, value } = await ownedHandoff()
    rights.allow('security', 'revoke', 'reinstate')
    const parent = await h.vault.grant(url, { ...by('owner'), to: 'lead', count: 9 })
    await h.vault.grant(url, { ...by('lead'), from: parent.id, to: 'worker', count: 5 })
    await h.vault.revoke({ sub: 'lead' }, by('security'))
    await expect(h.vault.claim(url, by('worker'))).rejects.toThrow(ClaimDeniedError)
    await h.vault.reinstate({ sub: 'lead' }, by('security'))
    expect(await h.vault.claim(url, by('worker'))).toBe(value)
  })

  it('lifts no rule that forbids', async () => {
    const { h, url, rights } = await ownedHandoff()
    await h.vault.grant(url, { ...by('owner'), to: 'worker' })
    rights.set('worker', 'claim', { allowed: false, forbidden: true })
    await expect(h.vault.claim(url, by('worker'))).rejects.toThrow(ClaimDeniedError)
  })

  it('asks for the approval that who handed it on would need', async () => {
    const { h, url, rights, value } = await ownedHandoff()
    await h.vault.grant(url, { ...by('owner'), to: 'worker' })
    rights.set('owner', 'claim', { allowed: true, approval: { approvers: ['boss'] } })
    await expect(h.vault.claim(url, by('worker'))).rejects.toMatchObject({ code: 'ERR_APPROVAL_REQUIRED' })
    const [request] = await h.vault.approvals({}, by('boss'))
    await h.vault.approve(request!.id, by('boss'))
    expect(await h.vault.claim(url, by('worker'))).toBe(value)
  })

  it('is handed on eight times at most', async () => {
    const { h, url } = await ownedHandoff()
    let last = await h.vault.grant(url, { ...by('owner'), to: 'p1' })
    for (let i = 1; i < 8; i++) last = await h.vault.grant(url, { ...by(`p${i}`), from: last.id, to: `p${i + 1}` })
    await expect(h.vault.grant(url, { ...by('p8'), from: last.id, to: 'p9' })).rejects.toThrow(LimitError)
  })

  it('gives nothing when its row was edited by hand', async () => {
    const { h, url } = await ownedHandoff()
    const grant = await h.vault.grant(url, { ...by('owner'), to: 'worker' })
    const { records } = await h.store.findRecords({ tenant: 'default', kind: 'grant' })
    const record = records[0]!
    const edited = { ...record, body: record.body.replace('"count":1', '"count":9') }
    await h.store.commit({ records: [{ record: edited, expectedMac: record.mac }] })
    await expect(h.vault.claim(url, by('worker'))).rejects.toThrow(ClaimDeniedError)
    expect((await h.vault.grants(url, by('owner'))).map(({ id }) => id)).not.toContain(grant.id)
  })

  it('does not cross threads or tenants, and shows names to nobody but its parties', async () => {
    const { h, url } = await ownedHandoff()
    await h.vault.grant(url, { ...by('owner'), to: 'worker' })
    const elsewhere = { principal: { sub: 'worker' }, threadId: 'thread-2' }
    await expect(h.vault.claim(url, elsewhere)).rejects.toMatchObject({ code: 'ERR_CLAIM_URL_INVALID' })
    const foreign = { ...THREAD, principal: { sub: 'owner', tenant: 'other' } }
    const [grant] = await h.vault.grants(url, by('worker'))
    await expect(h.vault.revoke({ grantId: grant!.id }, foreign)).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.grants(url, by('stranger'))).toEqual([])
  })

  it.each([
    { verbs: [] },
    { verbs: ['revoke'] },
    { count: 0 },
    { ttlMs: -1 },
    { runId: '' },
    { to: '' },
    { to: 'system:x' },
    { verbs: ['peek'], count: 2 },
  ])('refuses %o, which is no limit', async (wrong) => {
    const { h, url } = await ownedHandoff()
    const options = { ...by('owner'), to: 'worker', ...wrong } as never
    await expect(h.vault.grant(url, options)).rejects.toThrow(InputError)
  })
})
