import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { PostgresClaimStore } from '../../src/postgres.js'
import { RedisClaimStore } from '../../src/redis.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { newSchema } from '../services/postgres-schema.js'
import { newPrefix } from '../services/redis-prefix.js'
import { type Outcome, type Place, RaceTeam } from './race-team.js'
import { temporaryVaults } from './stores/temporary-vaults.js'

const RACERS = 20
const ROUNDS = 10
const LIMITS = [1, 3, 10]
const threadId = 'thread-1'
const MANY = 1_000

interface Venue {
  readonly place: Place
  openStore(): SqliteClaimStore | PostgresClaimStore | RedisClaimStore
  dispose(): unknown
}

const VENUES: Record<Place['kind'], () => Venue> = {
  SQLite: () => {
    const vaults = temporaryVaults()
    const address = vaults.file()
    const openStore = () => SqliteClaimStore.fromConnString(address)
    return { place: { kind: 'SQLite', address, name: '' }, openStore, dispose: vaults.dispose }
  },
  Postgres: () => {
    const address = inject('postgresUrl')
    const { schema, drop } = newSchema()
    const openStore = () => PostgresClaimStore.fromConnString(address, { schema, maxConnections: 2 })
    return { place: { kind: 'Postgres', address, name: schema }, openStore, dispose: drop }
  },
  Redis: () => {
    const address = inject('redisUrl')
    const { prefix, dispose } = newPrefix(address)
    const openStore = () => RedisClaimStore.fromConnString(address, { prefix })
    return { place: { kind: 'Redis', address, name: prefix }, openStore, dispose }
  },
}

let team: RaceTeam
beforeAll(async () => {
  team = await RaceTeam.start(RACERS)
})
afterAll(() => team?.stop())

const idOf = (url: string): string => /\/([\w-]{22})\./.exec(url)![1]!
const wins = (outcomes: readonly Outcome[]): readonly Outcome[] => outcomes.filter(({ code }) => code === 'ok')

describe.each(['SQLite', 'Postgres', 'Redis'] as const)(
  `of ${RACERS} processes on %s`,
  { timeout: 120_000 },
  (kind) => {
    const isAbsent = kind === 'Redis' && inject('redisUrl') === ''
    let venue: Venue
    let vault: ClaimVault
    beforeEach(async (test) => {
      if (isAbsent) return test.skip('there is no Redis')
      venue = VENUES[kind]()
      const key = KeyRing.generate()
      vault = await ClaimVault.open({ store: venue.openStore(), keys: new KeyRing(key), sweep: 'manual' })
      await team.open(venue.place, key)
    })
    afterEach(async () => {
      if (isAbsent) return
      await vault.close()
      await venue.dispose()
    })

    /** All racers' chains are ended; then the ledger must be whole. */
    async function checkLedger(): Promise<void> {
      await team.close()
      const { findings, writers } = await vault.verifyLedger()
      expect(findings).toEqual([])
      expect(writers).toBeGreaterThan(RACERS)
    }
    const claims = async (url: string) => vault.ledger({ claim: idOf(url), operation: 'claim', limit: 10_000 })
    const rival = (index: number): string => `rival-${index}`

    it.each(LIMITS)(
      `that race for a claim for %i, exactly so many win, in each of ${ROUNDS} rounds`,
      async (maxClaims) => {
        let lost = 0
        for (let round = 0; round < ROUNDS; round++) {
          const secret = crypto.randomUUID()
          const url = await vault.create(secret, { threadId, maxClaims })
          const outcomes = await team.race((index, startAt) => {
            return { action: 'claim', url, threadId, sub: rival(index), startAt }
          })
          expect(wins(outcomes)).toEqual(Array.from({ length: maxClaims }, () => ({ code: 'ok', got: secret })))
          const losers = outcomes.filter(({ code }) => code !== 'ok')
          expect(new Set(losers.map(({ code }) => code))).toEqual(new Set(['ERR_CLAIM_DENIED']))
          lost += losers.length
          const events = (await claims(url)).filter(({ outcome }) => outcome === 'ok')
          const winners = outcomes.flatMap(({ code }, index) => (code === 'ok' ? [rival(index)] : []))
          expect(events.map(({ sub }) => sub).sort()).toEqual(winners.sort())
          expect(await vault.peek(url, { threadId, principal: { sub: 'somebody' } })).toMatchObject({
            claimsLeft: 0,
            state: 'spent',
          })
        }
        await checkLedger()
        const denials = (await vault.ledger({ operation: 'claim', limit: 10_000 })).filter(
          (one) => one.outcome === 'denied',
        )
        expect(denials.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(lost)
      },
    )

    it('that race for a lease, one principal and run opens it, and only that one gets it again', async () => {
      const secret = crypto.randomUUID()
      const url = await vault.create(secret, { threadId, mode: 'lease' })
      const claimAs = (subOf: (index: number) => string) =>
        team.race((index, startAt) => {
          return { action: 'claim', url, threadId, sub: subOf(index), runId: 'run-1', startAt }
        })
      const first = await claimAs(rival)
      expect(wins(first)).toEqual([{ code: 'ok', got: secret }])
      const holder = rival(first.findIndex(({ code }) => code === 'ok'))
      expect(wins(await claimAs(() => holder))).toHaveLength(RACERS)
      expect(wins(await claimAs(() => 'late'))).toHaveLength(0)
      expect(await vault.peek(url, { threadId, principal: { sub: holder } })).toMatchObject({ claimsLeft: 0 })
      await checkLedger()
    })

    it('with a revocation among them, nobody wins once it is recorded', async () => {
      for (let round = 0; round < 5; round++) {
        const url = await vault.create(crypto.randomUUID(), { threadId, maxClaims: MANY })
        const outcomes = await team.race((index, startAt) => {
          const action = index === RACERS - 1 ? 'revoke' : 'claim'
          return { action, url, threadId, sub: rival(index), startAt }
        })
        expect(outcomes.at(-1)).toEqual({ code: 'ok' })
        expect(outcomes.filter(({ code }) => code !== 'ok' && code !== 'ERR_CLAIM_DENIED')).toEqual([])
        const [revoked] = await vault.ledger({ claim: idOf(url), operation: 'revoke' })
        const won = (await claims(url)).filter(({ outcome }) => outcome === 'ok')
        expect(won).toHaveLength(wins(outcomes.slice(0, -1)).length)
        for (const { seq } of won) expect(seq).toBeLessThan(revoked!.seq)
        const late = vault.claim(url, { threadId, principal: { sub: 'late' } })
        await expect(late).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
      }
      await checkLedger()
    })

    it('with a replacement among them, each gets the old value or the new one, by the order in the ledger', async () => {
      for (let round = 0; round < 5; round++) {
        const [before, after] = [crypto.randomUUID(), crypto.randomUUID()]
        const url = await vault.create(before, { threadId, maxClaims: MANY })
        const outcomes = await team.race((index, startAt) => {
          const task = { url, threadId, sub: rival(index), startAt }
          return index === RACERS - 1 ? { action: 'replace', value: after, ...task } : { action: 'claim', ...task }
        })
        expect(outcomes.filter(({ code }) => code !== 'ok')).toEqual([])
        const [replaced] = await vault.ledger({ claim: idOf(url), operation: 'replace' })
        for (const { sub, seq } of await claims(url)) {
          const { got } = outcomes[Number(sub!.slice('rival-'.length))]!
          expect(got).toBe(seq < replaced!.seq ? before : after)
        }
        expect(await vault.peek(url, { threadId, principal: { sub: 'any' } })).toMatchObject({
          claimsLeft: MANY - (RACERS - 1),
        })
      }
      await checkLedger()
    })
  },
)
