/** What can happen to a secret. */
export type LedgerOperation = 'mint' | 'restore' | 'claim' | 'revoke' | 'reinstate' | 'sweep' | 'delete-thread'

/**
 * One operation on one or more secrets. Holds ids and names only, never a value.
 * `at` is set by the claim store's clock when the event is stored.
 */
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
  readonly channels?: readonly string[]
  /** How many equal events this one stands for, when repeats were held back. */
  readonly count?: number
}

/** A stored event. */
export interface LedgerEntry extends LedgerEvent {
  readonly seq: number
  /** Milliseconds since the epoch, by the store's clock. */
  readonly at: number
  /** The process that wrote it: one random id for each opened vault. */
  readonly writer: string
}

export interface LedgerQuery {
  readonly tenant?: string
  readonly threadId?: string
  readonly runId?: string
  readonly sub?: string
  readonly claim?: string
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
