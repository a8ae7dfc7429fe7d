import path from 'node:path'
import type { Command } from 'commander'
import { InputError } from '../errors.js'
import { writeKeyFile } from '../seal/keys/key-file.js'
import { KeyRing } from '../seal/keys/key-ring.js'
import type { DestroyResult } from '../vault/keys/destroy-expired-keys.js'
import type { KeyInUse } from '../vault/keys/keys-in-use.js'
import { withVault } from './open-vault.js'
import { operatorName } from './operator.js'
import { EXIT, print, style } from './output.js'
import { progressOf } from './progress.js'
import type { GlobalOptions } from './target.js'

export const DEFAULT_KEY_FILE = '.secret-safe/key'

interface JsonOptions extends GlobalOptions {
  readonly json?: boolean
}

interface DestroyCommandOptions extends JsonOptions {
  readonly dryRun?: boolean
  readonly yes?: boolean
}

export function addKeysCommands(program: Command): void {
  const keys = program.command('keys').description('make, list, rotate and destroy keys')
  keys
    .command('init')
    .description('write a new key to a file that only you may read, and print how to load it')
    .option('--out <file>', 'where to write it; never overwritten', DEFAULT_KEY_FILE)
    .action((options: { readonly out: string }) => keysInit(options))
  keys
    .command('list')
    .description('print which key-encryption keys the vault still needs, and for how many of its keys')
    .option('--json', 'one JSON object per line')
    .action((_options: object, command: Command) => keysList(command.optsWithGlobals<JsonOptions>()))
  keys
    .command('rotate')
    .description('wrap the vault’s keys under the current key-encryption key; claims stay as they are')
    .option('--json', 'one JSON object')
    .action((_options: object, command: Command) => keysRotate(command.optsWithGlobals<JsonOptions>()))
  keys
    .command('destroy-expired')
    .description('destroy the keys of claims whose hard cap has passed; this cannot be undone')
    .option('--dry-run', 'say what would go')
    .option('--yes', 'do it')
    .option('--json', 'one JSON object')
    .action((_options: object, command: Command) => keysDestroy(command.optsWithGlobals<DestroyCommandOptions>()))
}

/** Writes a new key-encryption key to a file that only its owner may read. */
async function keysInit({ out }: { readonly out: string }): Promise<void> {
  const key = KeyRing.generate()
  const id = await new KeyRing(key).currentId()
  writeKeyFile(out, key)
  const file = shellQuote(path.resolve(out))
  print(`${style('green', 'New key')} ${id} in ${path.resolve(out)} (mode 0600).`)
  print('')
  print(`  export SECRET_SAFE_KEY_FILE=${file}`)
  print(`  export SECRET_SAFE_KEY="$(cat ${file})"   # or this, where files are not at hand`)
  print('')
  print('Keep a copy somewhere safe, apart from the database: without this key nothing in its vault can be read.')
}

async function keysList(options: JsonOptions): Promise<void> {
  const uses = await withVault(options, ({ vault }) => vault.keysInUse())
  for (const use of uses) print(options.json ? JSON.stringify(use) : describeUse(use))
}

/** Exit code 1 when a key could not be rewrapped. */
async function keysRotate(options: JsonOptions): Promise<void> {
  const principal = { sub: operatorName() }
  const { result, uses } = await withVault(options, async ({ vault }) => {
    const progress = progressOf('keys', options.json !== true)
    try {
      const result = await vault.rotateKeys({ principal, onProgress: progress.show })
      return { result, uses: await vault.keysInUse() }
    } finally {
      progress.stop()
    }
  })
  if (result.left.length > 0) process.exitCode = EXIT.findings
  if (options.json) return print(JSON.stringify({ ...result, keysInUse: uses }))
  print(`${counted(result.rewrapped, 'key')} rewrapped under ${result.kekId}.`)
  for (const { id, tenant, window, kekId, reason } of result.left) {
    const why = reason === 'damaged' ? 'is damaged' : 'is wrapped by a key that is not at hand'
    print(`${style('red', 'left')}  ${id} (tenant ${tenant}, window ${window}) ${why}: ${kekId}`)
  }
  for (const use of uses) print(describeUse(use))
}

async function keysDestroy(options: DestroyCommandOptions): Promise<void> {
  const { dryRun = false } = options
  if (!dryRun && options.yes !== true) {
    throw new InputError('Destroying keys cannot be undone. Look at what would go with --dry-run, then say --yes.')
  }
  const principal = { sub: operatorName() }
  const result = await withVault(options, ({ vault }) => vault.destroyExpiredKeys({ dryRun, principal }))
  if (options.json) return print(JSON.stringify({ ...result, dryRun }))
  for (const line of describeDestroyed(result, dryRun)) print(line)
}

function describeDestroyed({ keys, until, now, ownStore }: DestroyResult, dryRun: boolean): readonly string[] {
  const day = new Date(until).toISOString().slice(0, 10)
  const verb = dryRun ? 'would be destroyed' : 'destroyed'
  return [
    `${counted(keys.length, 'key')} of windows before ${day} ${verb}; the store's clock says ${new Date(now).toISOString()}.`,
    ...keys.map(({ id, tenant, window }) => `  ${id}  tenant ${tenant}, window ${window}`),
    ownStore
      ? 'Backups of the key store that were taken before still hold such keys: claims are gone for good when the last of those backups has ended.'
      : 'This proves nothing about backups: keys lie beside the claims, and a backup taken before holds both. Keep keys in a store of their own (SECRET_SAFE_KEY_STORE).',
  ]
}

function describeUse({ kekId, current, namingKeys, branchKeys, besideClaims, ledgerChains }: KeyInUse): string {
  const wraps = [
    ...(namingKeys > 0 ? ['the naming keys'] : []),
    ...(branchKeys > 0 ? [counted(branchKeys, 'branch key')] : []),
    ...(ledgerChains > 0 ? [`the start of ${counted(ledgerChains, 'ledger chain')}`] : []),
  ]
  const beside = besideClaims > 0 && besideClaims < branchKeys ? ` (${besideClaims} of them beside the claims)` : ''
  const mark = current ? style('green', 'current') : style('yellow', 'old    ')
  return `${mark}  ${kekId}  wraps ${wraps.join(', ') || 'nothing'}${beside}`
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

function shellQuote(text: string): string {
  return /^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
