import { randomBytes } from 'node:crypto'
import { equalBytes, utf8 } from '../../../seal/bytes.js'
import type { KeyProvider } from '../../../seal/key-provider.js'
import { type Check, count, type Diagnosis, fail, ok, warn } from '../check.js'

const SLOW_MS = 1_000
const PROBE = utf8('secret-safe doctor v1')
const PAGE = 500

/** Wraps a random key and unwraps it, as minting and restoring would. */
export const keyProvider: Check = {
  id: 'key-provider',
  async run({ keys }) {
    if (keys === undefined) return []
    const key = randomBytes(32)
    const startedAt = performance.now()
    const wrapped = await keys.wrap(key, PROBE)
    const unwrapped = await keys.unwrap(wrapped, PROBE)
    const tookMs = Math.round(performance.now() - startedAt)
    if (unwrapped === null || !equalBytes(unwrapped, key)) {
      return [fail(`Key ${wrapped.keyId} does not unwrap what it has just wrapped.`, 'Do not store anything with it.')]
    }
    if (tookMs > SLOW_MS) {
      return [warn(`The key provider took ${tookMs} ms to wrap and unwrap one key.`, 'Keep it close to the process.')]
    }
    return [ok(`Key ${wrapped.keyId} wraps and unwraps (${tookMs} ms).`)]
  },
}

/** The key of the vault itself: with it gone, so are the names of all claims. */
export const vaultKey: Check = {
  id: 'vault-key',
  async run({ keys, row, vault }) {
    if (keys === undefined) return []
    if (vault === undefined) {
      const advice = 'Set SECRET_SAFE_KEY to it, or list it in SECRET_SAFE_KEYS_OLD.'
      return [fail(`The keys at hand do not open this vault, which was made with key ${row.kekId}.`, advice)]
    }
    const current = await keys.currentId()
    if (row.kekId === current) return [ok(`The vault's key is ${current}, the current one.`)]
    return [warn(`The vault's key is ${row.kekId}, and the current one is ${current}.`, 'secret-safe keys rotate')]
  },
}

/** Each key-encryption key that a branch key still needs, and whether it is at hand. */
export const branchKeys: Check = {
  id: 'branch-keys',
  async run({ keyStore, keys, vault, row }) {
    if (keys === undefined || vault === undefined) return []
    const byKek = new Map<string, number>()
    for (let after: string | undefined; ; ) {
      const page = await keyStore.listBranchKeys(after, PAGE)
      for (const { kekId } of page) byKek.set(kekId, (byKek.get(kekId) ?? 0) + 1)
      if (page.length < PAGE) break
      after = page.at(-1)!.id
    }
    const total = [...byKek.values()].reduce((sum, n) => sum + n, 0)
    const old = [...byKek].filter(([kekId]) => kekId !== row.kekId)
    const found = await Promise.all(old.map(([kekId, n]) => judge(keys, kekId, n)))
    return found.length === 0 ? [ok(`${count(total, 'branch key')}, all under the vault's key.`)] : found
  },
}

async function judge(keys: KeyProvider, kekId: string, n: number): Promise<Omit<Diagnosis, 'id'>> {
  const isCurrent = kekId === (await keys.currentId())
  return isCurrent
    ? ok(`${count(n, 'branch key')} under ${kekId}, the current key.`)
    : warn(`${count(n, 'branch key')} still under key ${kekId}.`, 'Keep that key, and run: secret-safe keys rotate')
}
