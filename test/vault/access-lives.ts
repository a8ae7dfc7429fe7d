import { afterEach, describe, expect, it } from 'vitest'
import { attenuate, ClaimVault, KeyRing } from '../../src/index.js'
import type { ClaimStore } from '../../src/vault/claim-store.js'
import { by, Rights, THREAD } from '../support/access.js'
import { opaqueSecret } from '../support/secrets.js'

interface Fixture {
  open(): ClaimStore
  dispose(): void | Promise<void>
}

/** Grants, capabilities and approvals through several vaults over one store, as several processes have them. */
export function describeAccessLives(make: () => Fixture): void {
  const opened: ClaimVault[] = []
  let fixture: Fixture
  const key = KeyRing.generate()
  const approval = { approvers: ['boss', 'lead'], needed: 2 }
  const rights = new Rights()
    .allow('owner', 'claim', 'peek', 'grant', 'revoke')
    .set('agent', 'claim', { allowed: true, approval })
  const openVaults = async (count: number) => {
    fixture = make()
    for (let i = 0; i < count; i++)
      opened.push(
        await ClaimVault.open({ store: fixture.open(), keys: new KeyRing(key), authorizer: rights, sweep: 'manual' }),
      )
    return opened
  }
  const won = async (claims: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(claims)).filter(({ status }) => status === 'fulfilled').length

  afterEach(async () => {
    for (const vault of opened.splice(0)) await vault.close()
    await fixture.dispose()
  })

  describe('access', () => {
    it('gives siblings together what their parent was given, also when processes race', async () => {
      const vaults = await openVaults(4)
      const [vault] = vaults
      const url = await vault!.create(opaqueSecret(), { ...THREAD, maxClaims: 50 })
      const parent = await vault!.grant(url, { ...by('owner'), to: 'lead', count: 5 })
      for (const to of ['a', 'b', 'c', 'd']) await vault!.grant(url, { ...by('lead'), from: parent.id, to, count: 3 })
      const claims = ['a', 'b', 'c', 'd'].flatMap((sub, i) =>
        [0, 1, 2].map((j) => vaults[(i + j) % 4]!.claim(url, by(sub))),
      )
      expect(await won(claims)).toBe(5)
      const grants = await vaults[1]!.grants(url, by('owner'))
      expect(grants.find(({ id }) => id === parent.id)!.used).toBe(5)
      expect(grants.filter(({ from }) => from === parent.id).reduce((sum, { used }) => sum + used, 0)).toBe(5)
    })

    it('lets a capability be used as often as it says, whoever narrowed it, also when processes race', async () => {
      const vaults = await openVaults(4)
      const url = await vaults[0]!.create(opaqueSecret(), { ...THREAD, maxClaims: 50 })
      const capability = await vaults[0]!.capability(url, { ...by('owner'), audience: ['a', 'b'], count: 3 })
      const tokens = [capability, attenuate(capability, { count: 2 }), attenuate(capability, { audience: ['a'] })]
      const claims = Array.from({ length: 12 }, (_, i) =>
        vaults[i % 4]!.claim(url, { ...by('a'), capability: tokens[i % 3]! }),
      )
      expect(await won(claims)).toBe(3)
      expect(await won(tokens.map((each) => vaults[1]!.claim(url, { ...by('a'), capability: each })))).toBe(0)
    })

    it('asks once however many processes ask, and counts each approver once however many processes they use', async () => {
      const vaults = await openVaults(4)
      const value = opaqueSecret()
      const url = await vaults[0]!.create(value, { ...THREAD, maxClaims: 9 })
      await Promise.allSettled(vaults.map((vault) => vault.claim(url, by('agent'))))
      const requests = await vaults[1]!.approvals({ state: 'pending' }, by('boss'))
      expect(requests.length).toBe(1)
      const { id } = requests[0]!
      await Promise.allSettled(vaults.map((vault) => vault.approve(id, by('boss'))))
      await expect(vaults[2]!.claim(url, by('agent'))).rejects.toMatchObject({ code: 'ERR_APPROVAL_REQUIRED' })
      await vaults[2]!.approve(id, by('lead'))
      expect(await vaults[3]!.claim(url, by('agent'))).toBe(value)
      expect((await vaults[0]!.ledger({ operation: 'request-approval' })).length).toBe(1)
    })

    it('ends with its thread', async () => {
      const [vault] = await openVaults(1)
      const url = await vault!.create(opaqueSecret(), { ...THREAD, maxClaims: 9 })
      await vault!.grant(url, { ...by('owner'), to: 'worker' })
      await vault!.claim(url, by('agent')).catch(() => undefined)
      const { store, ledger } = vault!.context()
      const event = { operation: 'delete-thread', outcome: 'ok', tenant: 'default', ...THREAD, claims: [] } as const
      await ledger.record((link) => store.deleteThread('default', THREAD.threadId, event, link))
      for (const kind of ['grant', 'approval', 'use'] as const)
        expect((await store.findRecords({ tenant: 'default', kind })).records).toEqual([])
    })
  })
}
