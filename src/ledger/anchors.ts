import path from 'node:path'
import { ConfigError } from '../errors.js'
import { toBase64Url } from '../seal/bytes.js'
import { appendLines } from './append-file.js'
import type { LedgerRootRow } from './ledger-store.js'
import { rootDigest } from './root.js'
import { nameWebhook, sendWebhook, type WebhookOptions } from './webhook.js'

/** What is kept of a root outside of the vault's database: enough to notice that it is gone or another one. */
export interface AnchoredRoot {
  readonly vault: string
  readonly number: number
  readonly toSeq: number
  /** When it was sealed, ms since the epoch by the store's clock. */
  readonly at: number
  readonly keyId: string
  /** SHA-256 of the root and its signature, base64url. */
  readonly digest: string
}

/** A place for roots that whoever writes to the vault's database cannot rewrite. */
export interface LedgerAnchor {
  /** Stable: how far it has come is kept under this name. */
  readonly name: string
  /** Called in order, and again with the same root after a failure. */
  anchor(root: AnchoredRoot): Promise<void>
}

export function anchoredRoot(vaultId: string, row: LedgerRootRow): AnchoredRoot {
  const { number, toSeq, at, keyId } = row
  return { vault: vaultId, number, toSeq, at, keyId, digest: toBase64Url(rootDigest(vaultId, row)) }
}

/** Appends each root as a line of JSON. Worth as much as the file is out of reach of who writes to the vault. */
export function fileAnchor(file: string): LedgerAnchor {
  const resolved = path.resolve(file)
  return {
    name: `file:${resolved}`,
    anchor: (root) => appendLines(resolved, [JSON.stringify(root)]),
  }
}

/** @throws ConfigError for an address or a secret that cannot be used. */
export function webhookAnchor(options: WebhookOptions): LedgerAnchor {
  return {
    name: nameWebhook(options),
    anchor: (root) => sendWebhook(options, `${root.vault}-root-${root.number}`, { type: 'ledger.root', data: root }),
  }
}

/**
 * @param text of a file that `fileAnchor` wrote. Lines of other vaults, and what a crash left half written, are left out.
 * @throws ConfigError when it holds no root of this vault.
 */
export function parseAnchors(text: string, vaultId: string): readonly AnchoredRoot[] {
  const roots = new Map<string, AnchoredRoot>()
  for (const line of text.split('\n')) {
    const root = parseLine(line)
    if (root?.vault === vaultId) roots.set(`${root.number} ${root.digest}`, root)
  }
  if (roots.size === 0) throw new ConfigError('The anchor file holds no root of this vault.')
  return [...roots.values()]
}

function parseLine(line: string): AnchoredRoot | undefined {
  try {
    const root = JSON.parse(line) as AnchoredRoot | null
    const isRoot = Number.isSafeInteger(root?.number) && typeof root?.digest === 'string'
    return isRoot && Number.isSafeInteger(root.at) ? root : undefined
  } catch {
    return undefined
  }
}
