import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ConfigError, foreignCode, KeyInvalidError } from '../../errors.js'
import type { Pkcs11KeysOptions } from './pkcs11.js'

const PATH_ATTRIBUTES = ['token', 'object', 'id', 'type'] as const
const QUERY_ATTRIBUTES = ['module-path', 'pin-source'] as const

/**
 * `pkcs11:token=<label>;object=<label>;id=<%-encoded bytes>?module-path=/…&pin-source=file:/…`. The library and the PIN
 * may also come from `SECRET_SAFE_PKCS11_MODULE` and `SECRET_SAFE_PKCS11_PIN`.
 * @throws ConfigError; for `pin-value` too, since an address is no place for a PIN.
 * @see RFC 7512
 */
export function parsePkcs11Uri(uri: string, env: Readonly<Record<string, string | undefined>>): Pkcs11KeysOptions {
  const [, path = '', query = ''] = /^pkcs11:([^?]*)(?:\?(.*))?$/.exec(uri) ?? []
  const named = attributes(path, ';', PATH_ATTRIBUTES)
  const asked = attributes(query, '&', QUERY_ATTRIBUTES)
  const type = named.get('type')?.toString()
  if (type !== undefined && type !== 'secret-key') throw new ConfigError('A PKCS#11 address names a type=secret-key.')
  const object = named.get('object')?.toString()
  const id = named.get('id')?.toString('hex')
  const source = asked.get('pin-source')?.toString()
  return {
    modulePath: asked.get('module-path')?.toString() ?? env.SECRET_SAFE_PKCS11_MODULE ?? '',
    token: named.get('token')?.toString() ?? '',
    ...(object === undefined ? {} : { object }),
    ...(id === undefined ? {} : { id }),
    pin: source === undefined ? (env.SECRET_SAFE_PKCS11_PIN ?? '') : () => readPin(source),
  }
}

function attributes<Name extends string>(text: string, separator: string, names: readonly Name[]): Map<Name, Buffer> {
  const found = new Map<Name, Buffer>()
  for (const part of text.split(separator).filter((item) => item !== '')) {
    const [, name = '', value = ''] = /^([a-z-]+)=(.*)$/.exec(part) ?? []
    if (name === 'pin-value') {
      throw new ConfigError('A PKCS#11 address holds no PIN; set SECRET_SAFE_PKCS11_PIN, or name a pin-source.')
    }
    const known = names.find((item) => item === name)
    if (known === undefined || found.has(known)) {
      throw new ConfigError(`A PKCS#11 address takes ${names.join(', ')} here, each once.`)
    }
    found.set(known, percentDecoded(value))
  }
  return found
}

/** By bytes: an id is no text. */
function percentDecoded(text: string): Buffer {
  const parts = text.split(/(%[0-9a-f]{2})/i)
  return Buffer.concat(parts.map((part, i) => (i % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))))
}

function readPin(source: string): string {
  const file = source.startsWith('file:') ? fileURLToPath(source.replace(/^file:(?!\/\/)/, 'file://')) : source
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new KeyInvalidError(
      `The file of the PKCS#11 PIN could not be read (${foreignCode(error)?.code ?? 'unknown'}).`,
    )
  }
}
