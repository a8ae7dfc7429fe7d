import type { Hit } from '../detect/types.js'
import type { ClaimUrlMatch } from './claim-url.js'

/** The parts of hits that lie outside of `urls`. Both are in order, so that one pass is enough. */
export function hitsBeside(text: string, hits: readonly Hit[], urls: readonly ClaimUrlMatch[]): readonly Hit[] {
  const parts: Hit[] = []
  let first = 0
  for (const hit of hits) {
    while (first < urls.length && urls[first]!.end <= hit.start) first++
    let start = hit.start
    for (let i = first; i < urls.length && urls[i]!.start < hit.end; i++) {
      if (start < urls[i]!.start) parts.push(partOf(text, hit, start, urls[i]!.start))
      start = Math.max(start, urls[i]!.end)
    }
    if (start === hit.start) parts.push(hit)
    else if (start < hit.end) parts.push(partOf(text, hit, start, hit.end))
  }
  return parts
}

function partOf(text: string, hit: Hit, start: number, end: number): Hit {
  return { ...hit, start, end, encodings: [], secret: text.slice(start, end) }
}
