import type { ClaimId, PlaceTag } from '../../vault/claim-store.js'
import { type ClaimUrlMatch, escapeClaimUrl, findClaimUrls, unescapeClaimUrl } from '../../vault/claim-url.js'
import { decodePayload, type Payload } from '../../vault/payload.js'
import type { ScrubScope } from '../../vault/scrub/claim-scope.js'
import { bytesRecord } from '../../vault/scrub/stored-form.js'
import type { CellEdit, ScrubbedCell } from './scrub-cell.js'
import type { StoredCell } from './store.js'
import { styleOf, type TokenStyle, writeToken } from './token-style.js'

/**
 * How one token of a rewritten cell becomes what it was. Holds no text: `urls` says of each of the thread's own claim URLs in
 * it whether it stands for a claim (`c`), was there before (`k`), or was escaped (`e`); `w` for a token that is a whole value.
 */
export interface UndoEdit {
  /** Byte offset and length in the rewritten cell. */
  readonly at: number
  readonly length: number
  readonly urls: string
  /** Of `c` and `w`, in order. */
  readonly claims: readonly ClaimId[]
  /** Where it stands, for the vault; and the channel, for the ledger, where the row does not name it. */
  readonly place: PlaceTag
  readonly channel?: string
  readonly style?: TokenStyle
}

export type Owns = (url: ClaimUrlMatch) => boolean
type Names = Pick<ScrubScope, 'owns' | 'place'>
/** What a claim holds; undefined once that is not to be had. */
export type PayloadOf = (id: ClaimId, edit: UndoEdit) => Payload | undefined

/** @returns undefined where it could not be undone. */
export function undoEdits(cell: StoredCell, { edits }: ScrubbedCell, names: Names): readonly UndoEdit[] | undefined {
  const undo: UndoEdit[] = []
  let moved = 0
  for (const edit of edits) {
    const length = Buffer.byteLength(JSON.stringify(edit.next))
    const urls = edit.old === undefined ? 'w' : urlsOf(edit.old, edit, (url) => names.owns(url))
    if (urls === undefined) return undefined
    const style = edit.old === undefined ? undefined : styleOf(tokenOf(cell.bytes, edit.start, edit.end))
    undo.push({
      at: edit.start + moved,
      length,
      urls,
      claims: claimsIn(edit.next, urls, names),
      place: names.place(edit.channel, edit.messageId),
      ...(edit.channel === cell.channel ? {} : { channel: edit.channel }),
      ...(style === undefined ? {} : { style }),
    })
    moved += length - (edit.end - edit.start)
  }
  return undo
}

function urlsOf(old: string, { next, claims }: CellEdit, owns: Owns): string | undefined {
  const texts = new Map(claims.map(({ id, payload }) => [id, decodePayload(payload)]))
  let urls = ''
  let at = 0
  let done = 0
  for (const match of findClaimUrls(next).filter(owns)) {
    at += match.start - done
    done = match.end
    const url = next.slice(match.start, match.end)
    const payload = texts.get(match.id)
    if (old.startsWith(url, at)) {
      urls += 'k'
      at += url.length
    } else if (match.escapes > 0 && old.startsWith(unescapeClaimUrl(url), at)) {
      urls += 'e'
      at += unescapeClaimUrl(url).length
    } else if (payload?.kind === 'text' && old.startsWith(payload.text, at)) {
      urls += 'c'
      at += payload.text.length
    } else return undefined
  }
  return at + next.length - done === old.length ? urls : undefined
}

function claimsIn(text: string, urls: string, names: Names): readonly ClaimId[] {
  const own = findClaimUrls(text).filter((url) => names.owns(url))
  return own.filter((_, i) => urls === 'w' || urls[i] === 'c').map(({ id }) => id)
}

/** The cell as it was. @returns undefined when a claim that it takes is not to be had. */
export function undoCell(
  bytes: Uint8Array,
  edits: readonly UndoEdit[],
  owns: Owns,
  payloadOf: PayloadOf,
  wasBytes: boolean,
): Uint8Array | undefined {
  const parts: Uint8Array[] = []
  let done = 0
  for (const edit of edits) {
    const token = undoToken(tokenOf(bytes, edit.at, edit.at + edit.length), edit, owns, payloadOf, wasBytes)
    if (token === undefined) return undefined
    parts.push(bytes.subarray(done, edit.at), token)
    done = edit.at + edit.length
  }
  return Buffer.concat([...parts, bytes.subarray(done)])
}

function undoToken(
  token: string,
  edit: UndoEdit,
  owns: Owns,
  payloadOf: PayloadOf,
  wasBytes: boolean,
): Uint8Array | undefined {
  const text = JSON.parse(token) as string
  const urls = findClaimUrls(text).filter(owns)
  if (edit.urls === 'w') {
    const payload = urls[0] === undefined ? undefined : payloadOf(urls[0].id, edit)
    return payload === undefined ? undefined : wholeValue(payload, wasBytes)
  }
  let out = ''
  let done = 0
  for (const [i, match] of urls.entries()) {
    out += text.slice(done, match.start)
    done = match.end
    const url = text.slice(match.start, match.end)
    if (edit.urls[i] === 'k') out += url
    else if (edit.urls[i] === 'e') out += unescapeClaimUrl(url)
    else {
      const payload = payloadOf(match.id, edit)
      if (payload?.kind !== 'text') return undefined
      out += payload.text
    }
  }
  return Buffer.from(writeToken(out + text.slice(done), edit.style))
}

/** What took the place of a whole value, as the serializer wrote it. */
export function wholeValue(payload: Payload, asBytes: boolean): Uint8Array {
  if (payload.kind === 'bytes') return asBytes ? payload.bytes : Buffer.from(bytesRecord(payload.bytes))
  return Buffer.from(payload.kind === 'text' ? JSON.stringify(payload.text) : payload.json)
}

/** Escapes the URLs of a text that are dead where it stands. */
export function escapeDead(text: string, isDead: (match: ClaimUrlMatch) => boolean): string {
  let out = ''
  let done = 0
  for (const match of findClaimUrls(text)) {
    const url = text.slice(match.start, match.end)
    out += text.slice(done, match.start) + (match.escapes === 0 && isDead(match) ? escapeClaimUrl(url) : url)
    done = match.end
  }
  return done === 0 ? text : out + text.slice(done)
}

function tokenOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
}
