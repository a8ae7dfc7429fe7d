import path from 'node:path'
import type { Command } from 'commander'
import { KeyInvalidError, KeyMismatchError, KeyProviderError } from '../errors.js'
import type { KeyProvider } from '../seal/key-provider.js'
import { KeyRing } from '../seal/keys/key-ring.js'
import type { ClaimStore } from '../vault/claim-store.js'
import { ClaimVault } from '../vault/claim-vault.js'
import type { Diagnosis, DoctorContext, Level } from '../vault/doctor/check.js'
import { openCheckpoints } from '../vault/doctor/checkpoints/source.js'
import { runDoctor } from '../vault/doctor/run-doctor.js'
import { operatorAuthorizer } from './open-vault.js'
import { EXIT, print, style } from './output.js'
import { type GlobalOptions, openStore, sqliteFileOf, type Target, targetOf } from './target.js'

interface DoctorOptions extends GlobalOptions {
  readonly checkpoints?: string
  readonly checkpointsSchema?: string
  readonly witness?: string
  readonly json?: boolean
}

export function addDoctorCommands(program: Command): void {
  program
    .command('doctor')
    .description('look for what is wrong with a vault, its keys and its checkpoints; exit 1 when a person should look')
    .option(
      '--checkpoints <address>',
      "LangGraph's checkpoints, to compare with the claims: postgres://…, sqlite:path, a path",
    )
    .option('--checkpoints-schema <name>', 'the PostgreSQL schema of the checkpoints ("public" unless told)')
    .option('--witness <file>', 'where to remember the end of the ledger, outside of the database')
    .option('--json', 'one JSON object: { vault, level, diagnoses: [{ id, level, message, advice? }] }')
    .action((_options: object, command: Command) => doctor(command.optsWithGlobals<DoctorOptions>()))
}

async function doctor(options: DoctorOptions): Promise<void> {
  const target = targetOf(options)
  const store = await openStore(target)
  const closing: (() => Promise<unknown>)[] = [() => store.close()]
  try {
    const context = await contextOf(options, target, store, closing)
    const diagnoses = await runDoctor(context)
    const level = worst(diagnoses)
    if (options.json) print(JSON.stringify({ vault: context.row.vaultId, level, diagnoses }, undefined, 2))
    else show(diagnoses)
    process.exitCode = level === 'ok' ? EXIT.ok : EXIT.findings
  } finally {
    for (const close of closing.reverse()) await close()
  }
}

/** @param closing gets what is opened on the way, so that all of it is closed whatever happens. */
async function contextOf(
  options: DoctorOptions,
  { tenant, address }: Target,
  store: ClaimStore,
  closing: (() => Promise<unknown>)[],
): Promise<DoctorContext> {
  const row = (await store.readVault())!
  const checkpoints =
    options.checkpoints === undefined
      ? undefined
      : await openCheckpoints(options.checkpoints, options.checkpointsSchema)
  if (checkpoints !== undefined) closing.push(() => checkpoints.close())
  const keys = openKeys()
  const vault = keys && (await openVault(store, keys, tenant))
  if (vault !== undefined) closing.push(() => vault.close())
  return {
    store,
    keyStore: store,
    row,
    tenant,
    file: sqliteFileOf(address),
    env: process.env,
    keys,
    vault,
    checkpoints,
    witnessFile: options.witness ?? path.join('.secret-safe', `witness-${row.vaultId}.json`),
    suspend: async () => {},
  }
}

/** Undefined without a usable key; the check `key-file` says why. */
function openKeys(): KeyProvider | undefined {
  try {
    return KeyRing.fromEnv()
  } catch (error) {
    if (error instanceof KeyInvalidError) return undefined
    throw error
  }
}

/** Undefined where the keys are not the vault's, or their provider is down; the checks of keys say which. */
async function openVault(store: ClaimStore, keys: KeyProvider, tenant: string): Promise<ClaimVault | undefined> {
  try {
    return await ClaimVault.open({ store, keys, tenant, sweep: 'manual', authorizer: operatorAuthorizer })
  } catch (error) {
    if (error instanceof KeyMismatchError || error instanceof KeyProviderError) return undefined
    throw error
  }
}

function worst(diagnoses: readonly Diagnosis[]): Level {
  const has = (level: Level) => diagnoses.some((each) => each.level === level)
  return has('fail') ? 'fail' : has('warn') ? 'warn' : 'ok'
}

const COLORS = { ok: 'green', warn: 'yellow', fail: 'red' } as const

function show(diagnoses: readonly Diagnosis[]): void {
  const width = Math.max(...diagnoses.map(({ id }) => id.length))
  for (const { id, level, message, advice } of diagnoses) {
    print(`${style(COLORS[level], level.padEnd(4))}  ${id.padEnd(width)}  ${message}`)
    if (advice !== undefined) print(`${' '.repeat(width + 8)}${style('dim', `→ ${advice}`)}`)
  }
}
