import { type RewriteOptions, rewrite } from '../detect/rewrite.js'
import type { ValueForm } from '../vault/scrub/scrubber.js'
import { stringifyPersisted } from './persisted-json.js'
import { isSecret } from './secret.js'
import { addStrings, COPY_OPTIONS, REWRITE_OPTIONS } from './walk.js'

/** Values as a running graph holds them. */
export const LIVE_FORM: ValueForm = {
  rewrite: (value, visitor, copyAll, path) => rewrite(value, visitor, copyAll ? COPY_OPTIONS : REWRITE_OPTIONS, path),
  // A Buffer persists as { type, data }, and comes back so from a bare saver too.
  payloadOf: (value) =>
    value instanceof Uint8Array && !Buffer.isBuffer(value)
      ? { kind: 'bytes', bytes: Uint8Array.from(value) }
      : { kind: 'json', json: stringifyPersisted(value) },
  stringify: stringifyPersisted,
  exposed: (value) => (isSecret(value) ? { value: value.expose() } : undefined),
  addStrings,
}

/** The same for what goes on living: it is the same message to whoever holds it. */
export const MEMORY_FORM: ValueForm = {
  ...LIVE_FORM,
  isLive: true,
  rewrite: (value, visitor, _copyAll, path) => rewrite(value, visitor, MEMORY_OPTIONS, path),
}

const MEMORY_OPTIONS: RewriteOptions = { ...REWRITE_OPTIONS, keepsMessages: true }
