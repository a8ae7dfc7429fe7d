/** What can happen to a secret. */
export type LedgerOperation =
  | 'mint'
  | 'restore'
  | 'claim'
  | 'peek'
  | 'replace'
  | 'refresh'
  | 'expire'
  | 'copy'
  | 'grant'
  | 'request-approval'
  | 'approve'
  | 'reject'
  | 'revoke'
  | 'reinstate'
  | 'sweep'
  | 'delete-thread'
  | 'rotate-keys'
  | 'destroy-keys'
  | 'suspend'
  | 'resume'
  | 'prune'

/** One operation on one or more secrets. Holds ids and names only, never a value. */
export interface LedgerEvent {
  readonly operation: LedgerOperation
  readonly outcome: 'ok' | 'denied'
  /** Why it was denied, or how it ended. */
  readonly reason?: string
  readonly tenant: string
  readonly threadId?: string
  readonly runId?: string
  /** User or workload; `system:` principals can only end claims. */
  readonly sub?: string
  /** The agent acting for `sub`. */
  readonly act?: string
  readonly claims: readonly string[]
  readonly rules?: readonly string[]
  /** Kinds of the rules, such as `private` or `test`. */
  readonly kinds?: readonly string[]
  readonly channels?: readonly string[]
  /** The graph's node that wrote or read. */
  readonly nodes?: readonly string[]
  /** How many equal events this one stands for, when repeats were held back. */
  readonly count?: number
}

/** An event as its writer signed it: what a claim store keeps. */
export interface LedgerRecord extends LedgerEvent {
  /** The process that wrote it: one random id for each opened vault. */
  readonly writer: string
  /** Position in its writer's chain, from 1. */
  readonly link: number
  /** Milliseconds since the epoch, by the store's clock as the writer last read it. */
  readonly at: number
  /** HMAC under this link's own key, over everything above. */
  readonly mac: Uint8Array
}

/** A stored record. `link` and `mac` are null for what schema version 1 wrote. */
export interface LedgerEntry extends Omit<LedgerRecord, 'link' | 'mac'> {
  readonly seq: number
  readonly link: number | null
  readonly mac: Uint8Array | null
}

export interface LedgerQuery {
  readonly tenant?: string
  readonly threadId?: string
  readonly runId?: string
  readonly sub?: string
  readonly claim?: string
  readonly writer?: string
  readonly operation?: LedgerOperation
  /** Inclusive, milliseconds by the store's clock. */
  readonly since?: number
  /** Exclusive, milliseconds by the store's clock. */
  readonly until?: number
  /** Entries after this sequence number, for paging. */
  readonly after?: number
  /** 1,000 unless told. */
  readonly limit?: number
}
