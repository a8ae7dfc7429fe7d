import type { ClaimId } from './claim-store.js'

/** `claim://<vault>/v1/<kid>/<id>.<tag>`: fixed length, so it ends by itself inside prose. */
export interface ClaimUrlParts {
  readonly vaultId: string
  readonly namingKeyId: string
  readonly id: ClaimId
  readonly tag: string
}

/** Cheap test that comes before any pattern. */
export const CLAIM_MARK = 'claim'
const BODY = String.raw`://([a-z2-7]{8})/v1/([a-z2-7]{4})/([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})`
const WHOLE = new RegExp(`^claim${BODY}$`)

export function formatClaimUrl({ vaultId, namingKeyId, id, tag }: ClaimUrlParts): string {
  return `claim://${vaultId}/v1/${namingKeyId}/${id}.${tag}`
}

/** Null when the text is not exactly one claim URL. */
export function parseClaimUrl(text: string): ClaimUrlParts | null {
  const match = WHOLE.exec(text)
  if (match === null) return null
  return { vaultId: match[1]!, namingKeyId: match[2]!, id: match[3]! as ClaimId, tag: match[4]! }
}

/** A claim URL in a text. `escapes` counts `-text` marks: 0 is live, one more is the literal text of one less. */
export interface ClaimUrlMatch extends ClaimUrlParts {
  readonly start: number
  readonly end: number
  readonly escapes: number
}

const ESCAPE = '-text'
const ANYWHERE = new RegExp(`claim((?:${ESCAPE})*)${BODY}`, 'g')

/** Every claim URL in a text, escaped ones too, in order. */
export function findClaimUrls(text: string): readonly ClaimUrlMatch[] {
  if (!text.includes('://') || !text.includes(CLAIM_MARK)) return []
  const found: ClaimUrlMatch[] = []
  for (const match of text.matchAll(ANYWHERE)) {
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      escapes: match[1]!.length / ESCAPE.length,
      vaultId: match[2]!,
      namingKeyId: match[3]!,
      id: match[4]! as ClaimId,
      tag: match[5]!,
    })
  }
  return found
}

/** Makes a claim URL (escaped or not) literal text that no read restores. */
export function escapeClaimUrl(url: string): string {
  return `claim${ESCAPE}${url.slice('claim'.length)}`
}

/** The way back: one escape less. */
export function unescapeClaimUrl(url: string): string {
  return `claim${url.slice('claim'.length + ESCAPE.length)}`
}
