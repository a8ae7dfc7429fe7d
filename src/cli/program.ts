import { Command } from 'commander'
import { addClaimsCommands } from './claims.js'
import { addDoctorCommands } from './doctor.js'
import { addEjectCommand } from './eject.js'
import { type FingerprintOptions, fingerprint } from './fingerprint.js'
import { addFixCommand } from './fix.js'
import { addKeysCommands } from './keys.js'
import { addLedgerCommands } from './ledger.js'
import { status } from './status.js'
import { addSweepCommands } from './sweep.js'
import type { GlobalOptions } from './target.js'

const AFTER = `
Environment:
  SECRET_SAFE_KEY              the key: 32 bytes, base64
  SECRET_SAFE_KEY_FILE         or a file that holds it, mode 0600
  SECRET_SAFE_KEYS_OLD         former keys that still unwrap, comma-separated
  SECRET_SAFE_KEY_PROVIDER     where the key is instead: env, awskms:<ARN>, transit+https://…, pkcs11:…; several
                               side by side, the first wraps (see docs/keys.md)
  SECRET_SAFE_KEY_STORE        address of a store of its own for the vault's keys
  SECRET_SAFE_VAULT            as --vault
  SECRET_SAFE_CONFIG           as --config
  SECRET_SAFE_FINGERPRINT_KEY  for fingerprints in allow lists: 32 bytes, base64
  SECRET_SAFE_LEDGER_AUDITOR_KEY  file with an auditor's public key, for whatever writes to the vault
  SECRET_SAFE_LEDGER_SIGNING_KEY  file with the key that signs roots, for whatever seals the ledger

Exit codes: 0 done; 1 findings (for commands that look for secrets); 2 it failed, and stderr says why.`

/** The `secret-safe` command; it throws instead of exiting. */
export function createProgram(version: string): Command {
  const program = new Command('secret-safe')
    .description('Keys, upkeep and the ledger of a secret-safe vault.')
    .version(version)
    .option('--vault <address>', 'sqlite:path, a path, postgres://… or redis://… (./secret-safe.db unless told)')
    .option('--tenant <name>', 'the tenant that the vault serves ("default" unless told)')
    .option('--config <file>', 'the configuration file (the nearest secret-safe.config.* unless told)')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', AFTER)

  addKeysCommands(program)

  program
    .command('status')
    .description('open the vault and print its id, its key and what it holds')
    .action((_options: object, command: Command) => status(command.optsWithGlobals<GlobalOptions>()))

  addClaimsCommands(program)
  addSweepCommands(program)
  addDoctorCommands(program)

  addLedgerCommands(program)
  addFixCommand(program)
  addEjectCommand(program)

  program
    .command('fingerprint')
    .description('read a secret from standard input, and print the allow list entry that lets it stay')
    .option('--reason <text>', 'why it may stay; required in the configuration')
    .option('--until <date>', 'the last day on which it may, such as 2027-01-31')
    .action((options: FingerprintOptions) => fingerprint(options))

  return program
}
