import { randomBytes } from 'node:crypto'
import { equalBytes, utf8 } from '../../../seal/bytes.js'
import type { KeyInUse } from '../../keys/keys-in-use.js'
import { boundNamingRoot } from '../../open-naming-keys.js'
import { type Check, count, fail, ok, warn } from '../check.js'

const SLOW_MS = 1_000
const PROBE = utf8('secret-safe doctor v1')

/** Wraps a random key and unwraps it, as minting and restoring would. */
export const keyProvider: Check = {
  id: 'key-provider',
  async run({ keys, keyProblem }) {
    if (keys === undefined)
      return [fail(keyProblem ?? 'There is no key.', 'Nothing in this vault can be read without it.')]
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
  async run({ keys, row }) {
    if (keys === undefined) return []
    const { wrapped, context } = boundNamingRoot(row)
    if ((await keys.unwrap(wrapped, context)) === null) {
      const advice = 'Set SECRET_SAFE_KEY to it, or list it in SECRET_SAFE_KEYS_OLD.'
      return [fail(`The keys at hand do not open this vault: its key is ${row.kekId}.`, advice)]
    }
    const current = await keys.currentId()
    if (row.kekId === current) return [ok(`The vault's key is ${current}, the current one.`)]
    return [warn(`The vault's key is ${row.kekId}, and the current one is ${current}.`, 'secret-safe keys rotate')]
  },
}

/** Every key-encryption key that something still needs. */
export const keysInUse: Check = {
  id: 'keys-in-use',
  async run({ vault }) {
    if (vault === undefined) return []
    const used = await vault.keysInUse()
    const needed = (use: KeyInUse) => use.namingKeys + use.branchKeys > 0
    const old = used.filter((use) => !use.current && needed(use))
    const chains = used.filter((use) => !use.current && !needed(use) && use.ledgerChains > 0)
    const found = old.map(({ kekId, branchKeys }) =>
      warn(
        `Key ${kekId} still wraps ${count(branchKeys, 'branch key')}.`,
        'secret-safe keys rotate; keep it until then.',
      ),
    )
    const kept = chains.map(({ kekId, ledgerChains }) =>
      ok(`Key ${kekId} wraps no key any more; ${count(ledgerChains, 'ledger chain')} can be verified only with it.`),
    )
    if (found.length > 0) return [...found, ...kept]
    const total = used.reduce((sum, { branchKeys }) => sum + branchKeys, 0)
    return [ok(`${count(total, 'branch key')}, all under the current key.`), ...kept]
  },
}
