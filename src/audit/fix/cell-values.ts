import type { JsonNode } from '../../detect/json/node.js'
import { CHECKPOINT, METADATA, STRUCTURAL_FIELDS } from '../../vault/scrub/channels.js'
import type { StoredCell } from './store.js'

/** A value that the saver visits by itself. */
export interface ChannelValue {
  readonly node: JsonNode
  readonly channel: string
}

/** What a cell holds, value by value, with the channel that the saver knows each by. */
export function* valuesOf({ role, channel = '' }: StoredCell, root: JsonNode): Generator<ChannelValue> {
  if (role === 'value') yield { node: root, channel }
  else if (role === 'metadata') yield { node: root, channel: METADATA }
  else if (root.kind === 'object') {
    for (const { key, value } of root.members) {
      if (key.value === 'channel_values' && value.kind === 'object') {
        for (const member of value.members) yield { node: member.value, channel: member.key.value }
      } else if (!STRUCTURAL_FIELDS.has(key.value)) yield { node: value, channel: CHECKPOINT }
    }
  }
}
