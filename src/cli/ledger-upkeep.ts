import { InputError } from '../errors.js'
import { anchoredRoot, fileAnchor } from '../ledger/anchors.js'
import { proveInclusion } from '../ledger/prove.js'
import { toBase64Url } from '../seal/bytes.js'
import { withVault } from './open-vault.js'
import { operatorName } from './operator.js'
import { print, style } from './output.js'
import { type GlobalOptions, openStore, targetOf } from './target.js'
import { timeOf } from './time.js'

export async function seal({ anchor, ...options }: GlobalOptions & { readonly anchor?: string }): Promise<void> {
  const ledger = anchor === undefined ? {} : { anchors: [fileAnchor(anchor)] }
  await withVault(
    options,
    async ({ vault }) => {
      const { roots, sealedThrough, keyId } = await vault.sealLedger()
      const by = keyId.startsWith('hmac:')
        ? `${style('yellow', "the vault's own key")}, which every process of the vault holds; see: secret-safe ledger keygen`
        : keyId
      print(`${roots} new ${roots === 1 ? 'root' : 'roots'}; sealed through event ${sealedThrough} by ${by}.`)
    },
    ledger,
  )
}

export interface ProveOptions extends GlobalOptions {
  readonly seq: string
}

/** Needs no key: whoever has the signer's public key checks it. */
export async function prove(options: ProveOptions): Promise<void> {
  const seq = Number(options.seq)
  if (!Number.isSafeInteger(seq) || seq < 1) throw new InputError('--seq is the number of an event, from 1.')
  const store = await openStore(targetOf(options))
  try {
    const vaultId = (await store.readVault())!.vaultId
    const { root, ...proof } = await proveInclusion(store, seq)
    const encoded = Object.entries(root).map(([key, value]) => [
      key,
      value instanceof Uint8Array ? toBase64Url(value) : value,
    ])
    const shown = { ...proof, root: Object.fromEntries(encoded), anchor: anchoredRoot(vaultId, root) }
    print(JSON.stringify(shown, null, 2))
  } finally {
    await store.close()
  }
}

export interface PruneOptions extends GlobalOptions {
  readonly before: string
  readonly despiteSinks?: boolean
}

export async function prune({ before: text, despiteSinks = false, ...options }: PruneOptions): Promise<void> {
  const before = timeOf(text)
  await withVault(options, async ({ vault }) => {
    const principal = { sub: operatorName() }
    const count = await vault.pruneLedger({ before, principal, despiteSinks })
    print(`${count} ${count === 1 ? 'event' : 'events'} pruned; their roots stay.`)
  })
}
