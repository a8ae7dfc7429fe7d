import path from 'node:path'
import { writeKeyFile } from '../seal/keys/key-file.js'
import { KeyRing } from '../seal/keys/key-ring.js'
import { print, style } from './output.js'

export const DEFAULT_KEY_FILE = '.secret-safe/key'

/** Writes a new key-encryption key to a file that only its owner may read. */
export async function keysInit({ out }: { readonly out: string }): Promise<void> {
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

function shellQuote(text: string): string {
  return /^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
