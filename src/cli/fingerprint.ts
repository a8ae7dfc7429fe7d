import type { Command } from 'commander'
import { fingerprintFromEnv } from '../config/fingerprint.js'
import { endOf } from '../detect/allow-entry.js'
import { InputError } from '../errors.js'
import { print } from './output.js'
import { readSecret } from './read-secret.js'

interface FingerprintOptions {
  readonly reason?: string
  readonly until?: string
}

export function addFingerprintCommand(program: Command): void {
  program
    .command('fingerprint')
    .description('read a secret from standard input, and print the allow list entry that lets it stay')
    .option('--reason <text>', 'why it may stay; required in the configuration')
    .option('--until <date>', 'the last day on which it may, such as 2027-01-31')
    .action((options: FingerprintOptions) => fingerprint(options))
}

/**
 * Reads one secret and prints the entry of the allow list that lets it stay. From standard input alone: an argument
 * would stand in the shell's history and in the list of processes.
 */
async function fingerprint(
  { reason = '', until }: FingerprintOptions,
  input: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean } = process.stdin,
): Promise<void> {
  if (until !== undefined && endOf(until) === undefined) throw new InputError('--until is a date such as 2027-01-31.')
  const of = fingerprintFromEnv()
  const secret = await readSecret(input)
  print(`- fingerprint: ${of(secret)}`)
  print(`  reason: ${JSON.stringify(reason)}${reason.trim() === '' ? ' # required: why it may stay' : ''}`)
  if (until !== undefined) print(`  until: ${until}`)
}
