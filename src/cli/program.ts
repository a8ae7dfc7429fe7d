import { Command } from 'commander'

/**
 * The commands in the order of the help. Each is loaded only when it is named: `check` runs before every commit and has no
 * use for a vault and its drivers.
 */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command, version: string) => void>>> = {
  audit: async () => (await import('./audit.js')).addAuditCommands,
  check: async () => (await import('./check.js')).addCheckCommand,
  fix: async () => (await import('./fix.js')).addFixCommand,
  eject: async () => (await import('./eject.js')).addEjectCommand,
  keys: async () => (await import('./keys.js')).addKeysCommands,
  status: async () => (await import('./status.js')).addStatusCommand,
  claims: async () => (await import('./claims.js')).addClaimsCommands,
  approvals: async () => (await import('./approvals.js')).addApprovalsCommands,
  sweep: async () => (await import('./sweep.js')).addSweepCommands,
  doctor: async () => (await import('./doctor.js')).addDoctorCommands,
  ledger: async () => (await import('./ledger.js')).addLedgerCommands,
  policy: async () => (await import('./policy.js')).addPolicyCommands,
  fingerprint: async () => (await import('./fingerprint.js')).addFingerprintCommand,
}

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
  SECRET_SAFE_ENVIRONMENT      where this runs, such as production, for conditions of a policy
  SECRET_SAFE_FINGERPRINT_KEY  for fingerprints in allow lists: 32 bytes, base64
  SECRET_SAFE_LEDGER_AUDITOR_KEY  file with an auditor's public key, for whatever writes to the vault
  SECRET_SAFE_LEDGER_SIGNING_KEY  file with the key that signs roots, for whatever seals the ledger

Exit codes: 0 done; 1 findings (for commands that look for secrets); 2 it failed, and stderr says why.`

/**
 * The `secret-safe` command; it throws instead of exiting.
 * @param args what it will be given; without them, and without a command's name among them, every command is loaded.
 */
export async function createProgram(version: string, args: readonly string[] = []): Promise<Command> {
  const program = new Command('secret-safe')
    .description('Finds secrets in checkpoint stores and files; keys, upkeep and the ledger of a secret-safe vault.')
    .version(version)
    .option('--vault <address>', 'sqlite:path, a path, postgres://… or redis://… (./secret-safe.db unless told)')
    .option('--tenant <name>', 'the tenant that the vault serves ("default" unless told)')
    .option('--config <file>', 'the configuration file (the nearest secret-safe.config.* unless told)')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', AFTER)
  for (const load of commandsNamed(args)) (await load())(program, version)
  return program
}

/** Every one that is named anywhere, since a name may also be the value of an option ahead of the command. */
function commandsNamed(args: readonly string[]): (typeof COMMANDS)[string][] {
  const named = Object.keys(COMMANDS).filter((name) => args.includes(name))
  return (named.length > 0 ? named : Object.keys(COMMANDS)).map((name) => COMMANDS[name]!)
}
