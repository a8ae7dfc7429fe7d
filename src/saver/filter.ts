import type { Principal } from '../access/principal.js'
import { type Cursor, rewrite } from '../detect/rewrite.js'
import type { Scanner } from '../detect/scanner.js'
import { SecretInFilterError } from '../errors.js'
import type { UnresolvedReason } from '../vault/claim-row.js'
import { placeKey } from '../vault/mint.js'
import { restore } from '../vault/restore.js'
import { METADATA } from '../vault/scrub/channels.js'
import type { ScrubContext } from '../vault/scrub/scrubber.js'
import type { VaultContext } from '../vault/vault-context.js'
import { scrubValue } from './scrub-call.js'
import { KEEP_VISITOR, REWRITE_OPTIONS } from './walk.js'

/** Who may not read a value may not ask where it stands either. */
const UNREADABLE: ReadonlySet<UnresolvedReason> = new Set<UnresolvedReason>(['denied', 'approval'])

/**
 * A filter in the shape that the store holds: secrets become the thread's claim URLs. It mints nothing, and a filter
 * with a secret needs the right to restore it, or it would be an oracle for guesses.
 * @throws SecretInFilterError without a thread id or without that right.
 */
export async function mapFilter(
  filter: Record<string, unknown>,
  context: ScrubContext | undefined,
  vault: VaultContext,
  principal: Principal | null,
  scanner: Scanner,
): Promise<Record<string, unknown>> {
  if (context === undefined) {
    if (holdsSecret(filter, scanner)) throw new SecretInFilterError('A filter that holds a secret needs a thread_id.')
    return filter
  }
  const { value, items } = scrubValue(filter, METADATA, context)
  if (items.length === 0) return value as Record<string, unknown>
  if (principal === null)
    throw new SecretInFilterError('A filter that holds a secret needs a principal that may restore it.')
  const { tenant, threadId } = context.scope
  const refs = items.map(({ id, place, channel }) => ({ id, place, channel }))
  const found = await restore(vault, { tenant, threadId, refs, principal, runId: context.runId })
  for (const { id, place } of refs) {
    const result = found.get(placeKey(id, place))
    if (result !== undefined && 'reason' in result && UNREADABLE.has(result.reason)) {
      throw new SecretInFilterError('A filter that holds a secret needs a principal that may restore it.')
    }
  }
  return value as Record<string, unknown>
}

function holdsSecret(filter: unknown, scanner: Scanner): boolean {
  let found = false
  const look = (text: string, at?: Cursor) => {
    found ||= scanner.scan(text, at).some(({ rule }) => rule.action === 'seal')
    return text
  }
  rewrite(filter, { ...KEEP_VISITOR, text: look, key: (key) => look(key) }, REWRITE_OPTIONS, [METADATA])
  return found
}
