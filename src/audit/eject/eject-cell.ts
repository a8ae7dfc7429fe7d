import type { JsonNode } from '../../detect/json/node.js'
import { memberOf } from '../../detect/json/node.js'
import { parseJson } from '../../detect/json/parse-json.js'
import { applyEdits, type JsonEdit, rewriteJson, StoredJson } from '../../detect/json/rewrite-json.js'
import type { Cursor } from '../../detect/rewrite.js'
import { CLAIM_MARK, findClaimUrls, unescapeClaimUrl } from '../../vault/claim-url.js'
import { placeKey } from '../../vault/mint.js'
import { NESTED_SECRET, type Payload } from '../../vault/payload.js'
import type { RestoreRequest } from '../../vault/restore.js'
import type { ClaimScope } from '../../vault/scrub/claim-scope.js'
import { bytesRecord, compact } from '../../vault/scrub/stored-form.js'
import { valuesOf } from '../fix/cell-values.js'
import type { CellChange, StoredCell } from '../fix/store.js'

type Ref = RestoreRequest['refs'][number]
/** By `placeKey`; undefined keeps the URL. */
export type PayloadAt = (key: string) => Payload | undefined

/** The thread's own claim URLs in a cell, where each stands, and whether there are escaped ones. */
export function claimsOf(
  cell: StoredCell,
  scope: ClaimScope,
): { readonly refs: readonly Ref[]; readonly escaped: boolean } {
  const refs: Ref[] = []
  let escaped = false
  walk(cell, (text, channel, at) => {
    for (const match of findClaimUrls(text).filter((url) => scope.owns(url))) {
      const place = scope.place(channel, at.messageId)
      if (match.escapes === 0) refs.push({ id: match.id, place, channel })
      else escaped = true
    }
    return text
  })
  return { refs, escaped }
}

/**
 * The cell as a bare saver would have stored it; the cell's own bytes when nothing in it can be put back.
 * @param unescapes false for a cell whose literal text was put back before.
 */
export function ejectCell(cell: StoredCell, scope: ClaimScope, payloadAt: PayloadAt, unescapes: boolean): CellChange {
  let whole: Uint8Array | undefined
  const edits = walk(cell, (text, channel, at, isRoot) => {
    let out = ''
    let done = 0
    for (const match of findClaimUrls(text).filter((url) => scope.owns(url))) {
      const url = text.slice(match.start, match.end)
      const payload = match.escapes > 0 ? undefined : payloadAt(placeKey(match.id, scope.place(channel, at.messageId)))
      if (payload !== undefined && payload.kind !== 'text') {
        if (url !== text) continue
        if (payload.kind === 'bytes' && isRoot && cell.role === 'value') whole = payload.bytes
        return new StoredJson(jsonOf(payload))
      }
      if (match.escapes === 0 ? payload === undefined : !unescapes) continue
      out += text.slice(done, match.start) + (payload?.text ?? unescapeClaimUrl(url))
      done = match.end
    }
    return done === 0 ? text : out + text.slice(done)
  })
  if (whole !== undefined) return { cell, bytes: whole, type: 'bytes' }
  const bytes = edits.length === 0 ? cell.bytes : applyEdits(cell.bytes, edits)
  return { cell, bytes, type: cell.type }
}

type Visit = (text: string, channel: string, at: Cursor, isRoot: boolean) => string | StoredJson

function walk(cell: StoredCell, visit: Visit): readonly JsonEdit[] {
  if (cell.type !== null && cell.type !== 'json') return []
  if (!Buffer.from(cell.bytes.buffer, cell.bytes.byteOffset, cell.bytes.byteLength).includes(CLAIM_MARK)) return []
  const root = parseJson(cell.bytes)
  if (root === undefined) return []
  const edits: JsonEdit[] = []
  for (const { node, channel } of valuesOf(cell, root)) {
    const visitor = {
      text: (text: string, at: Cursor) => visit(text, channel, at, node === root && at.path.length === 1),
      // A name takes no value but a string.
      key: (key: string, at: Cursor) => {
        const next = visit(key, channel, at, false)
        return typeof next === 'string' ? next : key
      },
      whole: (_content: unknown, _at: Cursor, kept: object) => kept,
    }
    edits.push(...rewriteJson(node, visitor, [channel]))
  }
  return edits.sort((a, b) => a.start - b.start)
}

function jsonOf(payload: Exclude<Payload, { kind: 'text' }>): string {
  if (payload.kind === 'bytes') return bytesRecord(payload.bytes)
  if (!payload.json.includes(NESTED_SECRET)) return payload.json
  const node = parseJson(Buffer.from(payload.json))
  return node === undefined ? payload.json : exposed(node)
}

/** A `Secret` within a marked value is written as what it holds: a bare saver knows no marks. */
function exposed(node: JsonNode): string {
  if (node.kind === 'list') return `[${node.items.map(exposed).join(',')}]`
  if (node.kind !== 'object') return compact(node)
  const type = memberOf(node, 'type')
  const value = memberOf(node, 'value')
  if (type?.kind === 'text' && type.value === NESTED_SECRET && value !== undefined) return exposed(value)
  return `{${node.members.map(({ key, value: item }) => `${JSON.stringify(key.value)}:${exposed(item)}`).join(',')}}`
}
