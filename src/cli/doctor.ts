import path from 'node:path'
import type { Command } from 'commander'
import { ConfigError, KeyInvalidError, KeyMismatchError, KeyProviderError } from '../errors.js'
import type { KeyProvider } from '../seal/key-provider.js'
import { keyProviderFrom } from '../seal/keys/key-address.js'
import type { ClaimStore } from '../vault/claim-store.js'
import { ClaimVault } from '../vault/claim-vault.js'
import type { Diagnosis, DoctorContext, Level } from '../vault/doctor/check.js'
import { openCheckpoints } from '../vault/doctor/checkpoints/source.js'
import { runDoctor } from '../vault/doctor/run-doctor.js'
import { witnessOf, writeWitness } from '../vault/doctor/witness.js'
import type { KeyStore } from '../vault/key-store.js'
import { keyStoreFrom } from '../vault/keys/key-store-address.js'
import { operatorAuthorizer } from './open-vault.js'
import { operatorName } from './operator.js'
import { EXIT, print, style } from './output.js'
import { type GlobalOptions, openStore, sqliteFileOf, type Target, targetOf } from './target.js'

interface DoctorOptions extends GlobalOptions {
  readonly checkpoints?: string
  readonly checkpointsSchema?: string
  readonly witness?: string
  readonly resumeHandoffs?: boolean
  readonly as?: string
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
    .option('--resume-handoffs', 'a person has decided: give out handoffs again, and take the ledger as it is now')
    .option('--as <sub>', 'who resumes, for the ledger ("operator:<user>@<host>" unless told)')
    .option('--json', 'one JSON object: { vault, level, diagnoses: [{ id, level, message, advice? }] }')
    .action((_options: object, command: Command) => doctor(command.optsWithGlobals<DoctorOptions>()))
}

async function doctor(options: DoctorOptions): Promise<void> {
  const target = targetOf(options)
  const store = await openStore(target)
  const closing: (() => Promise<unknown>)[] = [() => store.close()]
  try {
    const context = await contextOf(options, target, store, closing)
    if (options.resumeHandoffs) await resume(context, options.as ?? operatorName())
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
  target: Target,
  store: ClaimStore,
  closing: (() => Promise<unknown>)[],
): Promise<DoctorContext> {
  const row = (await store.readVault())!
  const { checkpoints: address, checkpointsSchema, witness } = options
  const checkpoints = address === undefined ? undefined : await openCheckpoints(address, checkpointsSchema)
  if (checkpoints !== undefined) closing.push(() => checkpoints.close())
  const keyStore = await keyStoreFrom({ configured: target.keyStore, claims: target.address, mustExist: true })
  if (keyStore !== undefined) {
    closing.push(() => keyStore.close())
    await keyStore.setup()
  }
  const { keys, keyProblem } = openKeys(target)
  const vault = keys && (await openVault({ store, keys, keyStore, tenant: target.tenant }))
  if (vault !== undefined) closing.push(() => vault.close())
  return {
    store,
    row,
    tenant: target.tenant,
    file: sqliteFileOf(target.address),
    env: process.env,
    keys,
    keyProblem,
    vault,
    checkpoints,
    witnessFile: witness ?? path.join('.secret-safe', `witness-${row.vaultId}.json`),
  }
}

async function resume({ vault, store, row, witnessFile }: DoctorContext, sub: string): Promise<void> {
  if (vault === undefined) throw new ConfigError('Handoffs are resumed with the key of the vault at hand.')
  await vault.resumeHandoffs({ principal: { sub } })
  writeWitness(witnessFile, await witnessOf(store, row.vaultId, 0))
}

function openKeys(target: Target): Pick<DoctorContext, 'keys' | 'keyProblem'> {
  try {
    return { keys: keyProviderFrom(target.keys), keyProblem: undefined }
  } catch (error) {
    if (!(error instanceof KeyInvalidError)) throw error
    return { keys: undefined, keyProblem: error.message }
  }
}

interface VaultParts {
  readonly store: ClaimStore
  readonly keys: KeyProvider
  readonly keyStore: KeyStore | undefined
  readonly tenant: string
}

/** Undefined where the keys are not the vault's, or their provider is down; the checks of keys say which. */
async function openVault({ keyStore, ...parts }: VaultParts): Promise<ClaimVault | undefined> {
  const options = { ...parts, ...(keyStore === undefined ? {} : { keyStore }) }
  try {
    return await ClaimVault.open({ ...options, sweep: 'manual', authorizer: operatorAuthorizer })
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
