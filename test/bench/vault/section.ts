import { DATABASES, type DatabaseName, startDatabase } from './databases.js'
import { type Growth, measureGrowth, measureSweep, type SweepLoad } from './growth.js'
import { batchCryptoMs, compareVault, ledgerRate, type Operation } from './operations.js'

export interface VaultSectionOptions {
  readonly quick: boolean
  readonly rounds: number
  readonly databases: readonly string[]
}

export interface VaultResult {
  readonly database: DatabaseName
  readonly operations: readonly Operation[]
  /** For 100 claims. */
  readonly batchCryptoMs: number
  readonly eventsPerSecond: number
}

export interface GrowthResult {
  readonly database: DatabaseName
  readonly growth: readonly Growth[]
  readonly sweep: SweepLoad
}

/** What a vault's operations cost beside the same rows written by hand. */
export async function vaultSection({ quick, rounds, databases }: VaultSectionOptions): Promise<VaultResult[]> {
  const results: VaultResult[] = []
  for (const name of chosen(databases)) {
    const kind = await startDatabase(name)
    const database = await kind.open()
    const operations = await compareVault(name, database, {
      rounds,
      repeat: quick ? 2 : 50,
      warmUps: quick ? 0 : 20,
    })
    const cryptoMs = await batchCryptoMs(database, quick ? 2 : 200)
    const eventsPerSecond = await ledgerRate(database, quick ? 4 : 400, 8)
    results.push({ database: name, operations, batchCryptoMs: cryptoMs, eventsPerSecond })
    await database.vault.close()
    await database.filler.close()
    await database.close()
    await kind.stop()
  }
  return results
}

/** The same calls from ten thousand claims up. @param claims how many at last. */
export async function growthSection(
  { quick, databases }: VaultSectionOptions,
  claims: number,
): Promise<GrowthResult[]> {
  const results: GrowthResult[] = []
  const sizes = quick ? [200, 1_000] : [10_000, 100_000, 1_000_000, 5_000_000].filter((size) => size <= claims)
  for (const name of chosen(databases)) {
    const kind = await startDatabase(name)
    const database = await kind.open()
    const growth = await measureGrowth(database, sizes, quick ? 20 : 300)
    const sweep = await measureSweep(database, quick ? 1_000 : Math.min(1_000_000, claims), quick ? 20 : 300)
    results.push({ database: name, growth, sweep })
    await database.vault.close()
    await database.filler.close()
    await database.close()
    await kind.stop()
  }
  return results
}

function chosen(databases: readonly string[]): readonly DatabaseName[] {
  return DATABASES.filter((name) => databases.includes(name))
}
