import { ConfigError, SecretSafeError, VaultReadOnlyError } from '../../errors.js'
import type { DurabilityAdvice } from '../claim-store.js'
import type { RedisConnection } from './redis-connection.js'

const OLDEST_MAJOR = 7

/** What a server says about itself; empty where the user may not ask. */
type ServerFacts = ReadonlyMap<string, string>

/**
 * @throws ConfigError if a server is too old, may evict keys, or does not say whether it may; VaultReadOnlyError if it is
 * a replica.
 */
export async function checkServers(connection: RedisConnection, assumeNoEviction: boolean): Promise<void> {
  for (const facts of await serverFacts(connection)) {
    const version = facts.get('redis_version')
    if (version !== undefined && Number.parseInt(version, 10) < OLDEST_MAJOR) {
      throw new ConfigError(`A Redis vault needs Redis ${OLDEST_MAJOR} or newer; this one is older.`)
    }
    if (facts.get('role') === 'slave') throw new VaultReadOnlyError()
    checkEviction(facts.get('maxmemory_policy'), assumeNoEviction)
  }
}

/** Evicted keys are lost secrets, or a spent claim whose row is gone and which is minted afresh. */
function checkEviction(policy: string | undefined, assumeNoEviction: boolean): void {
  if (policy === 'noeviction') return
  if (policy !== undefined) {
    throw new ConfigError(
      `The vault Redis may evict keys (maxmemory-policy is ${policy}), and would lose secrets. Set it to noeviction, or give the vault a Redis of its own.`,
    )
  }
  if (!assumeNoEviction) {
    throw new ConfigError(
      'The vault Redis does not say whether it may evict keys: its user may run neither INFO nor CONFIG GET. Permit INFO, or make sure that maxmemory-policy is noeviction and set assumeNoEviction.',
    )
  }
}

/** @throws VaultUnavailableError */
export async function durabilityAdvice(connection: RedisConnection): Promise<readonly DurabilityAdvice[]> {
  const found = (await serverFacts(connection)).flatMap((facts) =>
    RISKS.filter(({ applies }) => applies(facts)).map(({ what, advice }) => ({ what, advice })),
  )
  return [...new Map(found.map((risk) => [risk.what, risk])).values()]
}

interface Risk extends DurabilityAdvice {
  applies(facts: ServerFacts): boolean
}

const isAof = (facts: ServerFacts): boolean => facts.get('aof_enabled') === '1'

const RISKS: readonly Risk[] = [
  {
    applies: (facts) => !facts.has('aof_enabled'),
    what: 'Redis does not say whether it persists.',
    advice: "Permit INFO to the vault's user.",
  },
  {
    applies: (facts) => facts.get('aof_enabled') === '0',
    what: 'Redis keeps no append-only file: what was stored since its last snapshot is lost when it stops.',
    advice: 'Set appendonly yes.',
  },
  {
    applies: (facts) => isAof(facts) && facts.get('appendfsync') === 'everysec',
    what: 'Redis flushes once a second: a crash may undo the last two seconds, and claims taken in them can be taken again.',
    advice: 'Set appendfsync always, or accept it.',
  },
  {
    applies: (facts) => isAof(facts) && facts.get('appendfsync') === 'no',
    what: 'Redis leaves flushing to the system: a power loss may undo half a minute, and claims taken in it can be taken again.',
    advice: 'Set appendfsync always, or everysec.',
  },
  {
    applies: (facts) => Number(facts.get('connected_slaves') ?? 0) > 0,
    what: 'Redis replicates asynchronously: a failover may undo the last commits, and claims taken in them can be taken again.',
    advice: 'Set min-replicas-to-write, which narrows it, or keep claims that must be taken once in PostgreSQL.',
  },
  {
    applies: (facts) => facts.get('aof_last_write_status') === 'err' || facts.get('rdb_last_bgsave_status') === 'err',
    what: 'The last attempt of Redis to write to its disk has failed.',
    advice: "Look at its disk and its log; it may be refusing the vault's writes.",
  },
]

/** What was deleted stays in an append-only file until Redis rewrites it. */
export async function rewriteLog(connection: RedisConnection): Promise<void> {
  const facts = await serverFacts(connection)
  if (facts.some((server) => server.get('aof_enabled') === '1')) await permitted(connection.onEach('bgrewriteaof'))
}

async function serverFacts(connection: RedisConnection): Promise<readonly ServerFacts[]> {
  const infos = (await permitted(connection.onEach('info'))) ?? [undefined]
  const policies = await permitted(connection.onEach('config', 'get', 'maxmemory-policy'))
  const fsyncs = await permitted(connection.onEach('config', 'get', 'appendfsync'))
  return infos.map((info, index) => {
    const lines = typeof info === 'string' ? info.split('\r\n').filter((line) => /^[a-z_]+:/.test(line)) : []
    const facts = new Map(lines.map((line) => line.split(/:(.*)/s).slice(0, 2) as [string, string]))
    const policy = settingOf(policies?.[index])
    const fsync = settingOf(fsyncs?.[index])
    if (policy !== undefined) facts.set('maxmemory_policy', policy)
    if (fsync !== undefined) facts.set('appendfsync', fsync)
    return facts
  })
}

/** `CONFIG GET` answers a list of names and values, or with RESP3 a map of them. */
function settingOf(reply: unknown): string | undefined {
  const value: unknown = Array.isArray(reply) ? reply[1] : Object.values((reply as object | undefined) ?? {})[0]
  return typeof value === 'string' ? value : undefined
}

/** Undefined for what the user may not ask, or what a provider has taken away. */
async function permitted<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  return asked.catch((error: unknown) => {
    const code =
      error instanceof SecretSafeError && error.cause instanceof Object ? (error.cause as { code?: string }).code : ''
    if (code === 'NOPERM' || code === 'ERR') return undefined
    throw error
  })
}
