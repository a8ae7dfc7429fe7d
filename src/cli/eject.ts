import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { sameTenantAuthorizer } from '../access/authorizer.js'
import { checkPrincipal } from '../access/principal.js'
import { runEject } from '../audit/eject/run-eject.js'
import { loadConfig } from '../config/load-config.js'
import { policyOf } from '../config/policy-of.js'
import { InputError } from '../errors.js'
import { EXIT, print, style } from './output.js'
import { journalFile, type StoreOptions, withFixStore, withJournal, withStoreVault } from './store-work.js'

interface EjectOptions extends StoreOptions {
  readonly confirm?: string
}

export function addEjectCommand(program: Command): void {
  program
    .command('eject <store>')
    .description('write plaintext back in place of claim URLs, so that a bare saver reads the store again')
    .requiredOption('--as <sub>', 'who takes the secrets out; needs the right to restore, and is named in the ledger')
    .option('--confirm <name>', 'the name of the store (file or database), typed, for scripts')
    .option('--schema <name>', 'of a PostgreSQL store ("public" unless told)')
    .option('--journal <file>', 'what was done, for going on ("<store>.eject-journal" unless told)')
    .option('--json', 'JSON instead of text')
    .action((address: string, _options: object, command: Command) =>
      eject(address, command.optsWithGlobals<EjectOptions>()),
    )
}

async function eject(address: string, options: EjectOptions): Promise<void> {
  const principal = checkPrincipal({ sub: options.as ?? '' })
  const result = await withFixStore(address, options, true, async (store) => {
    await confirm(store.name, options.confirm)
    const { config } = loadConfig({ file: options.config })
    // What the graphs' readers are asked, whoever takes the secrets out is asked, too.
    return withStoreVault(options, policyOf(config) ?? sameTenantAuthorizer, false, (vault) =>
      withJournal(store, vault, 'eject', journalFile(address, store, 'eject', options.journal), (journal) =>
        runEject({ store, vault: vault.context(), tenant: vault.tenant, principal, journal }),
      ),
    )
  })
  const ended = Object.entries(result.left)
  if (options.json) print(JSON.stringify(result))
  else {
    print(
      `${result.claims} secrets stand in plaintext again, in ${result.cells} cells. Their claims stay in the vault.`,
    )
    for (const [reason, count] of ended)
      print(`${style('yellow', 'left')}  ${count} claim URLs restore nothing any more (${reason}).`)
    if (result.changing > 0)
      print(`${style('yellow', 'left')}  a running graph kept writing to ${result.changing} cells: run it again.`)
  }
  process.exitCode = ended.length > 0 || result.changing > 0 ? EXIT.findings : EXIT.ok
}

/** @throws InputError unless the store's name was typed. */
async function confirm(name: string, given: string | undefined): Promise<void> {
  let typed = given
  if (typed === undefined && process.stdin.isTTY) {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    typed = await lines.question(`This writes secrets in plaintext into ${name}. Type its name to go on: `)
    lines.close()
  }
  if (typed?.trim() !== name)
    throw new InputError(
      'Eject writes secrets in plaintext: confirm with --confirm and the name of the file or database.',
    )
}
