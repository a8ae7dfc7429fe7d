/** A data key for one tenant and one window of the hard cap, wrapped by the KEK. */
export interface BranchKeyRow {
  readonly id: string
  readonly tenant: string
  /** Number of the 30-day window since the epoch in which the claims' cap lies; -1 for claims that end with their thread. */
  readonly window: number
  readonly kekId: string
  readonly wrapped: Uint8Array
}

/**
 * Where branch keys live: the claim store unless told, or a store of their own whose backups end sooner, so that backups
 * of the claims hold no keys.
 */
export interface KeyStore {
  /** Makes or migrates the schema. Safe when several processes do so at once; refuses a newer schema. */
  setup(): Promise<void>
  close(): Promise<void>
  readBranchKeys(ids: readonly string[]): Promise<readonly BranchKeyRow[]>
  /** First wins, by (tenant, window): returns what is stored afterwards. */
  initBranchKey(row: BranchKeyRow): Promise<BranchKeyRow>
  /** In order of id, those greater than `after`; 500 at most unless told. */
  listBranchKeys(after?: string, limit?: number): Promise<readonly BranchKeyRow[]>
  /** Compare and swap of `kekId` and `wrapped`. @returns false when the stored `wrapped` is not `expected`, or is gone. */
  rewrapBranchKey(row: BranchKeyRow, expected: Uint8Array): Promise<boolean>
  /**
   * Erases the keys of windows from 0 up to but not including `before`, as thoroughly as the store can.
   * @returns what went.
   */
  destroyBranchKeys(before: number): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]>
  /** A note of the vault's upkeep, such as when it was last swept or whose keys these are; undefined when never written. */
  readNote(name: string): Promise<string | undefined>
  writeNote(name: string, text: string): Promise<void>
}
