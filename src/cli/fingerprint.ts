import { fingerprintFromEnv } from '../config/fingerprint.js'
import { endOf } from '../detect/allow-entry.js'
import { InputError } from '../errors.js'
import { print } from './output.js'

/** No credential is longer; what is, was piped here by mistake. */
const MAX_BYTES = 65_536

export interface FingerprintOptions {
  readonly reason?: string
  readonly until?: string
}

/**
 * Reads one secret and prints the entry of the allow list that lets it stay. From standard input alone: an argument
 * would stand in the shell's history and in the list of processes.
 */
export async function fingerprint(
  { reason = '', until }: FingerprintOptions,
  input: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean } = process.stdin,
): Promise<void> {
  if (until !== undefined && endOf(until) === undefined) throw new InputError('--until is a date such as 2027-01-31.')
  const of = fingerprintFromEnv()
  if (input.isTTY) {
    throw new InputError('Pipe the secret in, so that it is not shown: pbpaste | secret-safe fingerprint')
  }
  const secret = await readSecret(input)
  print(`- fingerprint: ${of(secret)}`)
  print(`  reason: ${JSON.stringify(reason)}${reason.trim() === '' ? ' # required: why it may stay' : ''}`)
  if (until !== undefined) print(`  until: ${until}`)
}

async function readSecret(input: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of input) {
    size += chunk.length
    if (size > MAX_BYTES) throw new InputError(`Standard input holds over ${MAX_BYTES} bytes; give one secret.`)
    chunks.push(chunk)
  }
  const secret = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
  if (secret === '') throw new InputError('Standard input is empty; pipe one secret in.')
  return secret
}
