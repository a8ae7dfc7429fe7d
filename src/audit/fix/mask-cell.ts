import { isStructural } from '../../detect/structural.js'
import type { Hit } from '../../detect/types.js'
import type { ClaimId } from '../../vault/claim-store.js'
import type { ScrubContext } from '../../vault/scrub/scrubber.js'
import { stringsOf } from './msgpack-strings.js'
import { type CellEdit, type ScrubbedCell, scrubCell } from './scrub-cell.js'
import type { StoredCell } from './store.js'

const MASK = '*'.charCodeAt(0)
const isText = (type: string | null): boolean =>
  type === null || type === 'json' || type === 'bytes' || type === 'empty'

/**
 * A cell without its secrets, also where Python's savers wrote it: asterisks stand in their place, as many as bytes, so that
 * every length around them stays right.
 */
export function maskCell(cell: StoredCell, context: ScrubContext): ScrubbedCell {
  const kept = { edits: [], bytes: cell.bytes, type: cell.type, items: [], pasted: [], left: undefined }
  // Such as Python's `null`.
  if (cell.bytes.length === 0) return kept
  if (isText(cell.type)) return scrubCell(cell, context)
  // Metadata is JSON in any case.
  if (cell.role === 'metadata') return { ...scrubCell({ ...cell, type: 'json' }, context), type: cell.type }
  if (cell.type === 'bytearray') {
    const scrubbed = scrubCell({ ...cell, type: 'bytes' }, context)
    return scrubbed.edits.length === 0 ? kept : scrubbed
  }
  const strings = cell.type === 'msgpack' ? stringsOf(cell.bytes) : undefined
  if (strings === undefined) return { ...kept, left: 'unknown-encoding' }
  const bytes = Uint8Array.from(cell.bytes)
  const edits: CellEdit[] = []
  for (const { start, end, key, isKey } of strings) {
    const text = Buffer.from(cell.bytes.subarray(start, end)).toString('utf8')
    const hits = sealedHits(text, isKey ? undefined : key, context)
    if (hits.length === 0) continue
    for (const hit of hits) {
      const from = start + Buffer.byteLength(text.slice(0, hit.start))
      bytes.fill(MASK, from, from + Buffer.byteLength(text.slice(hit.start, hit.end)))
    }
    const next = Buffer.from(bytes.subarray(start, end)).toString('utf8')
    const claims = hits.map(({ rule, secret }) => ({
      id: '' as ClaimId,
      ruleId: rule.id,
      secret,
      payload: new Uint8Array(),
    }))
    const channel = cell.channel ?? '@checkpoint'
    edits.push({ start, end, old: text, next, messageId: '', channel, path: [channel, key ?? '*'], claims })
  }
  return { ...kept, edits, bytes: edits.length === 0 ? cell.bytes : bytes }
}

function sealedHits(text: string, key: string | undefined, { scanner, memory }: ScrubContext): readonly Hit[] {
  const hits = memory
    .scan(scanner, text, { key, parent: undefined }, isStructural(key))
    .filter(({ rule }) => rule.action === 'seal')
  for (const { secret } of hits) memory.known.add(secret, key === undefined || !scanner.isContextual(key))
  return hits
}
