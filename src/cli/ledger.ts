import { type Command, Option } from 'commander'
import { type ExportOptions, exportLedger } from './ledger-export.js'
import { type KeygenOptions, ledgerKeygen } from './ledger-keygen.js'
import { ledgerQuery, type QueryOptions } from './ledger-query.js'
import { type ProveOptions, type PruneOptions, prove, prune, seal } from './ledger-upkeep.js'
import { type VerifyOptions, verify } from './ledger-verify.js'
import type { GlobalOptions } from './target.js'

/** `secret-safe ledger`, which by itself is `ledger query`. */
export function addLedgerCommands(program: Command): void {
  const ledger = program.command('ledger').description('who did what with which claim, and whether that was touched')

  filtered(ledger.command('query', { isDefault: true }))
    .description('print events, oldest first; needs no key')
    .option('--json', 'one JSON object per line')
    .action((_options: object, command: Command) => ledgerQuery(command.optsWithGlobals<QueryOptions>()))

  filtered(ledger.command('export'))
    .description('write events for another system to standard output, one per line; needs no key')
    .addOption(
      new Option('--format <name>', 'what to write').choices(['ndjson', 'ocsf', 'cloudevents']).default('ndjson'),
    )
    .action((_options: object, command: Command) => exportLedger(command.optsWithGlobals<ExportOptions>()))

  ledger
    .command('verify')
    .description('check every event and every root, and say what could not be seen; exits with 1 when it is broken')
    .option('--auditor-key <file...>', 'private keys that chains are sealed to')
    .option('--signing-key <file...>', 'public keys that roots must be signed by')
    .option('--anchor <file>', 'roots that were kept outside of the database')
    .option('--json', 'the report as JSON')
    .action((_options: object, command: Command) => verify(command.optsWithGlobals<VerifyOptions>()))

  ledger
    .command('seal')
    .description('sign a root over the events older than a minute')
    .option('--anchor <file>', 'append new roots to a file, which belongs on another machine')
    .action((_options: object, command: Command) =>
      seal(command.optsWithGlobals<GlobalOptions & { anchor?: string }>()),
    )

  ledger
    .command('prove')
    .description('print what proves that an event was sealed: the event, its root, and the path between them')
    .requiredOption('--seq <number>', "the event's number")
    .action((_options: object, command: Command) => prove(command.optsWithGlobals<ProveOptions>()))

  ledger
    .command('prune')
    .description('remove whole sealed intervals; their roots stay')
    .requiredOption('--before <time>', 'a date, or an age such as 365d: what was sealed before goes')
    .option('--despite-sinks', 'take also what a sink has not been given yet')
    .action((_options: object, command: Command) => prune(command.optsWithGlobals<PruneOptions>()))

  ledger
    .command('keygen')
    .description('write a key pair: one that signs roots, or with --auditor one that chains are sealed to')
    .option('--auditor', 'for an auditor, who keeps the private half away from the vault')
    .requiredOption('--out <file>', 'the private key, mode 0600; the public one goes to <file>.pub; never overwritten')
    .action((_options: object, command: Command) => ledgerKeygen(command.optsWithGlobals<KeygenOptions>()))
}

function filtered(command: Command): Command {
  return command
    .option('--thread <id>', 'events of a thread')
    .option('--run <id>', 'events of a run')
    .option('--sub <name>', 'events of a user or workload')
    .option('--claim <url or id>', 'events of a claim')
    .option('--operation <name>', 'such as restore or claim')
    .option('--since <time>', 'a date, or an age such as 90m or 7d')
    .option('--until <time>', 'the same; exclusive')
}
