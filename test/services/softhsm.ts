import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type * as Graphene from 'graphene-pk11'

/** Debian's, and where other systems put it. */
const LIBRARY = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
].find((file) => existsSync(file))

/** Undefined where its native part was not built: no install script of it is run by `npm ci`. */
const graphene = loadGraphene()

function loadGraphene(): typeof Graphene | undefined {
  try {
    return createRequire(import.meta.url)('graphene-pk11') as typeof Graphene
  } catch {
    return undefined
  }
}

/** Why tests on a real token are skipped, for their title; empty when there is one. */
export const softTokenSkip = [
  ...(LIBRARY === undefined ? ['softhsm2 is not installed'] : []),
  ...(graphene === undefined ? ['pkcs11js is not built, see .ci/run'] : []),
]
  .map((why) => ` (skipped: ${why})`)
  .join('')

export interface SoftToken {
  readonly graphene: typeof Graphene
  readonly modulePath: string
  readonly token: string
  readonly pin: string
  /** Takes every token away, as if it were unplugged, or puts it back. */
  unplug(): void
  plugIn(): void
  dispose(): void
}

/**
 * A real PKCS#11 token, softhsm2, with AES keys of the given labels. One for a test process: the library reads its
 * configuration once.
 * @throws where `softTokenSkip` says why there is none.
 */
export function softToken(labels: readonly string[]): SoftToken {
  if (LIBRARY === undefined || graphene === undefined) throw new Error(`There is no token${softTokenSkip}`)
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-softhsm-'))
  const tokens = path.join(directory, 'tokens')
  mkdirSync(tokens)
  writeFileSync(path.join(directory, 'softhsm2.conf'), `directories.tokendir = ${tokens}\nlog.level = ERROR\n`)
  process.env.SOFTHSM2_CONF = path.join(directory, 'softhsm2.conf')
  const token = `test-${randomInt(1e9)}`
  const pin = String(randomInt(1e7, 1e8))
  const init = ['--init-token', '--free', '--label', token, '--so-pin', String(randomInt(1e7, 1e8)), '--pin', pin]
  execFileSync('softhsm2-util', init, { env: process.env, stdio: 'pipe' })
  makeKeys(graphene, LIBRARY, token, pin, labels)
  return {
    graphene,
    modulePath: LIBRARY,
    token,
    pin,
    unplug: () => renameSync(tokens, `${tokens}-away`),
    plugIn: () => renameSync(`${tokens}-away`, tokens),
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  }
}

function makeKeys(
  graphene: typeof Graphene,
  library: string,
  token: string,
  pin: string,
  labels: readonly string[],
): void {
  const module = graphene.Module.load(library)
  module.initialize()
  const slots = module.getSlots(true)
  const slot = Array.from({ length: slots.length }, (_, i) => slots.items(i)).find(
    (item) => item.getToken().label.trimEnd() === token,
  )!
  const session = slot.open(graphene.SessionFlag.SERIAL_SESSION | graphene.SessionFlag.RW_SESSION)
  session.login(pin)
  for (const [i, label] of labels.entries()) {
    session.generateKey(graphene.KeyGenMechanism.AES, {
      keyType: graphene.KeyType.AES,
      valueLen: 32,
      label,
      id: Buffer.of(0xa0, i),
      token: true,
      private: true,
      sensitive: true,
      extractable: false,
      encrypt: true,
      decrypt: true,
    })
  }
  session.logout()
  session.close()
}
