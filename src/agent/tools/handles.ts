import { rewrite } from '../../detect/rewrite.js'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'
import { KEEP_VISITOR, REWRITE_OPTIONS } from '../../saver/walk.js'
import { type ClaimUrlMatch, findClaimUrls } from '../../vault/claim-url.js'
import type { Values } from './claim-all.js'

/** The claim URLs of this thread in a tool's arguments, each once. Any other is text, and stays that. */
export function handlesIn(args: unknown, secrets: ThreadSecrets): readonly string[] {
  const found = new Set<string>()
  const look = (text: string) => {
    for (const match of ownUrls(text, secrets)) found.add(text.slice(match.start, match.end))
    return text
  }
  rewrite(args, { ...KEEP_VISITOR, text: look, key: look }, REWRITE_OPTIONS)
  return [...found]
}

/** A copy of the arguments with values in the place of handles. What is no text takes the place of a whole argument only. */
export function withValues(args: unknown, values: Values): unknown {
  const text = (text: string): unknown => (values.has(text) ? values.get(text) : replaceHandles(text, values))
  const key = (name: string): string => replaceHandles(name, values)
  return rewrite(args, { ...KEEP_VISITOR, text, key }, REWRITE_OPTIONS)
}

/** @param encode how a value is written where the text stands. */
export function replaceHandles(text: string, values: Values, encode = (value: string): string => value): string {
  let out = ''
  let done = 0
  for (const { start, end } of findClaimUrls(text)) {
    const value = values.get(text.slice(start, end))
    if (typeof value !== 'string') continue
    out += text.slice(done, start) + encode(value)
    done = end
  }
  return done === 0 ? text : out + text.slice(done)
}

const ownUrls = (text: string, secrets: ThreadSecrets): readonly ClaimUrlMatch[] =>
  findClaimUrls(text).filter((match) => match.escapes === 0 && secrets.owns(match))
