import { findSensitiveValues } from '@zapier/secret-scrubber'
import type { Span } from '../score.js'
import type { Peer } from './peer.js'

/** Names of fields and URLs give secrets away to it; it returns them by value. */
export const secretScrubber: Peer = {
  name: 'secret-scrubber',
  share: 1,
  scanText: (text) => spansOf(text, findSensitiveValues({ text: parsed(text) })),
  scanLeaf: ({ text, key }) => spansOf(text, findSensitiveValues({ [key ?? 'text']: text })),
}

function spansOf(text: string, values: readonly string[]): Span[] {
  return values.flatMap((value) => {
    const start = text.indexOf(value)
    return start < 0 ? [] : [{ start, end: start + value.length }]
  })
}

/** A document is JSON to it, so that it sees the names in it. */
function parsed(text: string): unknown {
  try {
    return text.startsWith('{') ? JSON.parse(text) : text
  } catch {
    return text
  }
}
