import { keyProviderFrom } from '../seal/keys/key-address.js'
import { ClaimVault } from '../vault/claim-vault.js'
import { keyStoreFrom } from '../vault/keys/key-store-address.js'
import { print, style } from './output.js'
import { type GlobalOptions, openStore, targetOf } from './target.js'

const COUNT_UP_TO = 1_000

/** Opens the vault as a process would, and says what it found. */
export async function status(options: GlobalOptions): Promise<void> {
  const target = targetOf(options)
  const keys = keyProviderFrom(target.keys)
  const store = await openStore(target)
  try {
    const row = await store.readVault()
    const keyStore = await keyStoreFrom({ configured: target.keyStore, claims: target.address, mustExist: true })
    const { tenant } = target
    await ClaimVault.open({ store, keys, ...(keyStore === undefined ? {} : { keyStore }), tenant, sweep: 'manual' })
    const threads = (await store.listThreads(target.tenant, undefined, COUNT_UP_TO)).length
    const currentKey = await keys.currentId()
    line('vault', row?.vaultId ?? '')
    line('key', row?.kekId === currentKey ? `${currentKey} (current)` : `${row?.kekId} (an old key of this ring)`)
    line('schema', `${style('green', 'ok')}`)
    line('tenant', target.tenant)
    line('threads', threads === COUNT_UP_TO ? `${threads} or more` : String(threads))
    line('config', target.configFile ?? 'none')
  } finally {
    await store.close()
  }
}

function line(name: string, value: string): void {
  print(`${style('dim', name.padEnd(8))} ${value}`)
}
