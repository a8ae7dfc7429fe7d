import { InputError } from '../errors.js'

/** No credential is longer; what is, was piped here by mistake. */
const MAX_BYTES = 65_536

/**
 * One secret from standard input: an argument would stand in the shell's history and in the list of processes.
 * @throws InputError from a terminal, where it would be shown, and for nothing or too much.
 */
export async function readSecret(
  input: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean } = process.stdin,
): Promise<string> {
  if (input.isTTY) {
    throw new InputError('Pipe the secret in, so that it is not shown: pbpaste | secret-safe …')
  }
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
