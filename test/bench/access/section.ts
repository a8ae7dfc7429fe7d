import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type AccessRequest, type Authorizer, ClaimVault, KeyRing, MemoryClaimStore } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'
import { type Comparison, compare, perCall } from '../measure.js'
import { VaultWork } from '../vault/work.js'
import { builtIn, cedar } from './policies.js'

/** A restore under a policy against the same restore without one. */
export const POLICY_AIM = 1.05
/** Decisions in a second. */
export const CEDAR_AIM = 10_000
const CLAIMS = 20

export interface AccessOptions {
  readonly quick: boolean
  readonly rounds: number
  readonly databases: readonly string[]
}

export interface Rate {
  readonly engine: string
  readonly aim?: number
  readonly decisionsPerSecond: number
  /** Of this process's CPU time: steadier on a shared machine. */
  readonly decisionsPerCpuSecond: number
}

export interface AccessResult {
  readonly restores: readonly Comparison[]
  readonly rates: readonly Rate[]
}

/** What a policy costs: a restore of 20 claims with it and without, in turns on the same vault, and decisions alone. */
export async function accessSection({ quick, rounds, databases }: AccessOptions): Promise<AccessResult> {
  const restores: Comparison[] = []
  const repeat = quick ? 2 : 200
  for (const name of ['memory', 'sqlite'].filter((database) => databases.includes(database))) {
    const { store, close } = openStore(name)
    const vault = await ClaimVault.open({ store, keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })
    const ids = await new VaultWork(vault).mint(CLAIMS)
    const works = { bare: new VaultWork(vault), wrapped: new VaultWork(under(vault, builtIn())) }
    const total = await compare(`${name}, restore of ${CLAIMS} claims`, rounds, async (side) => ({
      parts: [
        async () => {
          for (let i = 0; i < repeat; i++) await works[side].restore(ids)
        },
      ],
      close: async () => {},
    }))
    restores.push(perCall(total, repeat))
    await vault.close()
    await close()
  }
  const rates = [
    { engine: 'built-in, 51 rules', ...(await rateOf(builtIn(), quick ? 1_000 : 1_000_000)) },
    { engine: 'Cedar', aim: CEDAR_AIM, ...(await rateOf(await cedar(), quick ? 100 : 40_000)) },
  ]
  return { restores, rates }
}

function openStore(name: string): { readonly store: ClaimStore; close(): Promise<void> } {
  if (name === 'memory') return { store: new MemoryClaimStore(), close: async () => {} }
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-bench-'))
  const store = SqliteClaimStore.fromConnString(path.join(directory, 'vault.db'))
  return { store, close: async () => rmSync(directory, { recursive: true, force: true }) }
}

/** The same vault with another authorizer: its rows, caches and connections are shared, so that only that differs. */
function under(vault: ClaimVault, authorizer: Authorizer): Pick<ClaimVault, 'context' | 'create' | 'claim'> {
  const context = { ...vault.context(), authorizer }
  return { context: () => context, create: vault.create.bind(vault), claim: vault.claim.bind(vault) }
}

/** @throws Error unless every decision allows. */
async function rateOf(authorizer: Authorizer, count: number): Promise<Omit<Rate, 'engine' | 'aim'>> {
  const now = Date.now()
  const request = (i: number): AccessRequest => ({
    principal: { sub: `bench-${i % 100}` },
    verb: 'restore',
    claim: {
      id: `claim-${i}`,
      tenant: 'default',
      threadId: `thread-${i % 1_000}`,
      mode: 'resume',
      ruleId: 'github-token',
      allow: null,
    },
    at: { now: now + i, channel: 'messages' },
  })
  const run = async (n: number) => {
    for (let i = 0; i < n; i++) {
      const answer = authorizer.decide(request(i))
      const { allowed } = answer instanceof Promise ? await answer : answer
      if (!allowed) throw new Error('a decision that should allow denied')
    }
  }
  // What is measured should be what is compiled.
  await run(Math.ceil(count / 10))
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  await run(count)
  const seconds = (performance.now() - startedAt) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  return { decisionsPerSecond: count / seconds, decisionsPerCpuSecond: count / ((user + system) / 1e6) }
}
