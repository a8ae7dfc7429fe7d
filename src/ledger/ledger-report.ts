import type { LinkRange } from './link-ranges.js'

/** What is wrong with a ledger. */
export type LedgerFindingKind =
  /** A record, its position or its writer is not what was signed. */
  | 'edited'
  /** A link stands twice: a copied record. */
  | 'duplicate'
  /** A record is missing among others of its writer. */
  | 'gap'
  /** A writer's last records are missing, though its registered head says that they were written. */
  | 'truncated'
  /** A record beyond the registered end of its chain. */
  | 'after-end'
  /** Records of a writer that is not registered. */
  | 'unknown-writer'
  /** A writer's registration is not what the vault made. */
  | 'writer'
  /** The key that a writer's chain is sealed to is not at hand: nothing is known about its records. */
  | 'unchecked'
  /** A writer's registered head is not what the writer signed. */
  | 'head'
  /** A record without a link behind the first one that has one. */
  | 'unchained'
  /** The records of a sealed interval are not those that were sealed. */
  | 'interval'
  /** A root is missing, or does not follow from the one before. */
  | 'root'
  /** A root's signature is not its signer's. */
  | 'signature'
  /** A root that was anchored outside is not in the store. */
  | 'anchor'

/** Holds ids and positions only. */
export interface LedgerFinding {
  readonly kind: LedgerFindingKind
  /** One sentence. */
  readonly what: string
  readonly writer?: string
  readonly link?: number
  readonly seq?: number
  readonly root?: number
}

export interface LedgerReport {
  readonly intact: boolean
  readonly records: number
  readonly writers: number
  readonly roots: number
  /** The last number that a sound root covers; 0 for none. */
  readonly sealedThrough: number
  /** Records that were removed by `prune`, as the roots count them. */
  readonly pruned: number
  /** Records that schema version 1 wrote: nothing protects those but a root. */
  readonly unchained: number
  /** The first 100, in the order in which they were met. */
  readonly findings: readonly LedgerFinding[]
  readonly findingCount: number
  /** Links that may never have been stored: in flight at a crash, or of a commit whose outcome nobody knows. */
  readonly unsettled: readonly { readonly writer: string; readonly links: readonly LinkRange[] }[]
  /** What this check, with the keys and anchors that it was given, could not have seen. */
  readonly blindSpots: readonly string[]
}

const MAX_FINDINGS = 100

export class Findings {
  readonly list: LedgerFinding[] = []
  count = 0

  add(finding: LedgerFinding): void {
    this.count += 1
    if (this.list.length < MAX_FINDINGS) this.list.push(finding)
  }
}
