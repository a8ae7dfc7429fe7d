import { types } from 'node:util'
import { Serializable } from '@langchain/core/load/serializable'
import type { KnownValues } from '../detect/known-values.js'
import { DESCEND, type RewriteOptions, type RewriteVisitor, rewrite } from '../detect/rewrite.js'
import { isSecret } from './secret.js'

export const REWRITE_OPTIONS: RewriteOptions = {
  isProxy: types.isProxy,
  isKnownToJson: (toJson) => toJson === Serializable.prototype.toJSON,
}

/** For what was read from the inner saver. */
export const REVIVED_OPTIONS: RewriteOptions = { revived: true }

export const COPY_OPTIONS: RewriteOptions = { ...REWRITE_OPTIONS, copyAll: true }

/** Keeps everything as it is; `Secret` values are immutable and need no copy. */
export const KEEP_VISITOR: RewriteVisitor = {
  text: (text) => text,
  key: (key) => key,
  whole: (_content, _at, value) => value,
  enterForeign: (value) => (isSecret(value) ? value : DESCEND),
}

/** Every string in a value that was marked as a whole is a known value. */
export function addStrings(value: unknown, known: KnownValues): void {
  const add = (text: string) => {
    known.add(text)
    return text
  }
  const enterForeign = (item: object) => {
    if (!isSecret(item)) return DESCEND
    addStrings(item.expose(), known)
    return item
  }
  rewrite(value, { ...KEEP_VISITOR, text: add, enterForeign }, REWRITE_OPTIONS)
}
