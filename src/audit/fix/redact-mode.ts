import type { ClaimId, PlaceTag } from '../../vault/claim-store.js'
import { encodePayload } from '../../vault/payload.js'
import type { ScrubScope } from '../../vault/scrub/claim-scope.js'
import { maskCell } from './mask-cell.js'
import type { FixMode } from './mode.js'
import type { ContextOf } from './scrub-context.js'
import type { FixStore } from './store.js'

export const REDACTED = '[redacted]'

/** Every claim URL is let be: without a vault nobody can say whose it is. */
class RedactScope implements ScrubScope {
  readonly tenant = ''
  #count = 0

  constructor(readonly threadId: string) {}

  claim(payload: Parameters<ScrubScope['claim']>[0]): ReturnType<ScrubScope['claim']> {
    return { id: String(this.#count++) as ClaimId, url: REDACTED, payload: encodePayload(payload) }
  }

  place(): PlaceTag {
    return '' as PlaceTag
  }

  owns(): boolean {
    return true
  }
}

/**
 * Puts a mark in place of each secret, for good. A thread at a time: values that are known by their field alone would not be
 * found again in the rest of a thread, once the field itself is redacted.
 */
export function redactMode(store: FixStore, contextOf: ContextOf): FixMode {
  return {
    name: 'redact',
    batch: { cells: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
    scrub: maskCell,
    open: async (threadId, known) => ({
      context: contextOf(new RedactScope(threadId), known),
      commit: async (rewrites) => {
        const changed = rewrites.filter(({ scrubbed }) => scrubbed.edits.length > 0)
        const made = await store.replace(changed.map(({ cell, scrubbed: { bytes, type } }) => ({ cell, bytes, type })))
        return changed.filter((_, i) => made[i] !== true).map(({ cell }) => cell)
      },
    }),
  }
}
