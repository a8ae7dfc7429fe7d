import { ConfigError } from '../../errors.js'
import type { KeyProvider } from '../key-provider.js'
import { AwsKmsKeys } from './aws-kms.js'
import { combineKeys } from './combined-keys.js'
import { KeyRing } from './key-ring.js'
import { Pkcs11Keys } from './pkcs11.js'
import { parsePkcs11Uri } from './pkcs11-uri.js'
import { TransitKeys } from './transit.js'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The key provider that the environment names: `SECRET_SAFE_KEY_PROVIDER`, else `configured`, else the key ring of
 * `SECRET_SAFE_KEY`. Several addresses stand side by side, separated by blanks: the first wraps, all unwrap.
 *
 * - `env`: the key ring of `SECRET_SAFE_KEY` or `SECRET_SAFE_KEY_FILE`
 * - `awskms:<ARN of a key>`
 * - `transit+https://host:8200/<mount>/<key>`, with the token in `VAULT_TOKEN` or `BAO_TOKEN`
 * - `pkcs11:token=…;object=…?module-path=…`, with the PIN in `SECRET_SAFE_PKCS11_PIN`
 *
 * Nothing is loaded or reached before its first use.
 * @throws ConfigError, KeyInvalidError: there is no plaintext fallback.
 */
export function keyProviderFrom(configured?: string, env: Environment = process.env): KeyProvider {
  const text = env.SECRET_SAFE_KEY_PROVIDER?.trim() || configured?.trim() || 'env'
  const [first, ...rest] = text.split(/\s+/).map((address) => providerAt(address, env))
  return combineKeys(first!, ...rest)
}

function providerAt(address: string, env: Environment): KeyProvider {
  if (address === 'env') return KeyRing.fromEnv(env)
  if (address.startsWith('awskms:')) return new AwsKmsKeys({ keyArn: address.slice('awskms:'.length) })
  if (/^transit\+https?:/.test(address)) return transitAt(address.slice('transit+'.length), env)
  if (address.startsWith('pkcs11:')) return new Pkcs11Keys(parsePkcs11Uri(address, env))
  throw new ConfigError('A key provider is env, awskms:<ARN>, transit+https://host/<mount>/<key> or pkcs11:…')
}

function transitAt(address: string, env: Environment): TransitKeys {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const [, mount, key] = /^\/(.+)\/([^/]+)$/.exec(url?.pathname ?? '') ?? []
  if (url === undefined || mount === undefined || key === undefined) {
    throw new ConfigError('A transit key is transit+https://host:8200/<mount>/<key>.')
  }
  const [namespace] = [env.VAULT_NAMESPACE, env.BAO_NAMESPACE].filter(Boolean)
  tokenFrom(env)
  // Everything but the path, so that what has no place in an address is refused there.
  url.pathname = '/'
  return new TransitKeys({
    address: url.href,
    mount,
    key,
    // Asked each time: a token that is renewed in the environment is taken up.
    token: () => tokenFrom(env),
    ...(namespace === undefined ? {} : { namespace }),
  })
}

/** @throws ConfigError */
function tokenFrom(env: Environment): string {
  const token = env.VAULT_TOKEN?.trim() || env.BAO_TOKEN?.trim()
  if (!token) throw new ConfigError('A transit key needs a token: set VAULT_TOKEN or BAO_TOKEN.')
  return token
}
