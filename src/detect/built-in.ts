import type { Hit } from './types.js'

/** What the engine finds without a rule of the pack; their ids are public API like any rule's. */
export const BUILT_IN = {
  /** The value of a field whose name means a credential, in state or in text. */
  namedField: { id: 'named-field', kind: 'private', severity: 'high', action: 'seal' },
  /** The value of a field whose path the application gave. */
  fieldPath: { id: 'field-path', kind: 'private', severity: 'high', action: 'seal' },
  /** A value that this process marked, matched or restored before in the same thread. */
  knownValue: { id: 'known-value', kind: 'private', severity: 'high', action: 'seal' },
} as const satisfies Record<string, Hit['rule']>
