import { generateKeyPairSync } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { KeyInvalidError } from '../errors.js'
import { parseAuditorPublicKey, parseVerifyingKey } from '../ledger/ledger-keys.js'
import { writeKeyFile } from '../seal/keys/key-file.js'
import { print, style } from './output.js'

export interface KeygenOptions {
  readonly auditor?: boolean
  readonly out: string
}

/** Writes a private key that only its owner may read, and beside it the public one. */
export async function ledgerKeygen({ auditor = false, out }: KeygenOptions): Promise<void> {
  const publicFile = `${out}.pub`
  if (existsSync(publicFile)) throw new KeyInvalidError(`${publicFile} exists already; it is never overwritten.`)
  const { privateKey, publicKey } = auditor ? generateKeyPairSync('x25519') : generateKeyPairSync('ed25519')
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
  writeKeyFile(out, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trim())
  writeFileSync(publicFile, pem, { flag: 'wx' })
  const { id } = auditor ? parseAuditorPublicKey(pem) : parseVerifyingKey(pem)
  print(
    `${style('green', 'New key')} ${id}: ${path.resolve(out)} (private, mode 0600) and ${path.resolve(publicFile)}.`,
  )
  print('')
  if (auditor) {
    print(`  export SECRET_SAFE_LEDGER_AUDITOR_KEY=${publicFile}   # wherever the vault is written`)
    print(`  secret-safe ledger verify --auditor-key ${out}        # wherever the auditor is`)
    print('')
    print('Keep the private key away from every machine that writes to the vault: whoever has it can sign events anew.')
  } else {
    print(`  export SECRET_SAFE_LEDGER_SIGNING_KEY=${out}          # for the one process that seals`)
    print(`  secret-safe ledger verify --signing-key ${publicFile} # wherever the ledger is checked`)
  }
}
