import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GrantInfo } from '../../src/index.js'
import { by, ownedHandoff } from '../support/access.js'

const PEOPLE = ['owner', 'a', 'b', 'c'] as const
type Person = (typeof PEOPLE)[number]

/** What is tried, in any order; whatever is refused changes nothing. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('grant' as const),
    from: fc.nat(11),
    who: fc.constantFrom(...PEOPLE),
    to: fc.constantFrom('a', 'b', 'c'),
    count: fc.integer({ min: 1, max: 4 }),
    ttlMs: fc.integer({ min: 1, max: 5_000 }),
  }),
  fc.record({ do: fc.constant('claim' as const), who: fc.constantFrom(...PEOPLE) }),
  fc.record({ do: fc.constant('revoke' as const), who: fc.constantFrom(...PEOPLE), which: fc.nat(11) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 2_000 }) }),
  fc.record({ do: fc.constant('disown' as const) }),
)

interface Node extends GrantInfo {
  revoked: boolean
  uses: number
}

describe('no sequence of grant, narrow, revoke and claim', () => {
  it('gives a principal more than some ancestor had', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { h, rights, url } = await ownedHandoff(1_000)
        const nodes: Node[] = []
        let isOwned = true
        const pathOf = (node: Node): Node[] => {
          const parent = nodes.find(({ id }) => id === node.from)
          return parent === undefined ? [node] : [...pathOf(parent), node]
        }
        const isGood = (node: Node) =>
          isOwned &&
          pathOf(node).every(({ revoked, uses, count, expiresAt }) => !revoked && uses < count! && h.now < expiresAt)
        /** The model's own view, from the tree alone. */
        const mayClaim = (who: Person) =>
          who === 'owner' ? isOwned : nodes.some((node) => node.to === who && isGood(node))

        for (const each of steps) {
          if (each.do === 'wait') h.now += each.ms
          else if (each.do === 'disown') {
            isOwned = false
            rights.set('owner', 'claim', { allowed: false })
          } else if (each.do === 'grant') {
            const parent = each.who === 'owner' ? undefined : nodes[each.from]
            if (each.who !== 'owner' && parent === undefined) continue
            const { to, count, ttlMs } = each
            const options = { ...by(each.who), to, count, ttlMs, ...(parent === undefined ? {} : { from: parent.id }) }
            const made = await h.vault.grant(url, options).catch(() => null)
            if (made === null) continue
            if (parent !== undefined) {
              expect(parent.to).toBe(each.who)
              expect(made.count).toBeLessThanOrEqual(parent.count!)
              expect(made.expiresAt).toBeLessThanOrEqual(parent.expiresAt)
            }
            nodes.push({ ...made, uses: 0 })
          } else if (each.do === 'revoke') {
            const node = nodes[each.which]
            if (node === undefined) continue
            const ended = await h.vault.revoke({ grantId: node.id }, by(each.who)).catch(() => 0)
            if (ended > 0) {
              expect([each.who === 'owner', ...pathOf(node).map((one) => one.by.sub === each.who)]).toContain(true)
              node.revoked = true
            }
          } else {
            const before = new Map((await h.vault.grants(url, by('owner'))).map(({ id, used }) => [id, used]))
            const won = await h.vault.claim(url, by(each.who)).then(
              () => true,
              () => false,
            )
            expect(won).toBe(mayClaim(each.who))
            for (const { id, used } of await h.vault.grants(url, by('owner'))) {
              const node = nodes.find((one) => one.id === id)!
              node.uses += used - before.get(id)!
              expect(node.uses).toBe(used)
              expect(used).toBeLessThanOrEqual(node.count!)
            }
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})
