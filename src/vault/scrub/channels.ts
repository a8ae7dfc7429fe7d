/** Channels of our own for what is not in one. A graph's channel names never begin with `@`. */
export const METADATA = '@metadata'
export const CONFIG = '@config'
export const CHECKPOINT = '@checkpoint'

/** Fields of a checkpoint that hold ids, times and versions only. */
export const STRUCTURAL_FIELDS: ReadonlySet<string> = new Set([
  'v',
  'id',
  'ts',
  'channel_values',
  'channel_versions',
  'versions_seen',
])
