/**
 * A finding that may stay. All criteria that an entry gives must hold; at least one must be given. What an application
 * marks (`secret()`, a schema, a field path) is never allowed, and neither is a value that was sealed elsewhere in the thread.
 */
export interface AllowEntry {
  /** Id of the rule that found it; `named-field` for the value of a field with a credential's name. */
  readonly rule?: string
  /** Of the string in state, as in `fields`: `debug.*.token` matches at the end of a path. */
  readonly path?: string
  /** A regular expression for the whole of the decoded secret. Runs in linear time. */
  readonly pattern?: string
  /** Keyed HMAC of the decoded secret, as `secret-safe fingerprint` prints it. */
  readonly fingerprint?: string
  /** Why it may stay; required. */
  readonly reason: string
  /** Last day on which the entry applies, `2027-01-31`, in UTC. */
  readonly until?: string
}

const DAY_MS = 86_400_000

/** The first millisecond after an entry's last day; undefined for what is no date. */
export function endOf(until: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until)) return undefined
  const start = Date.parse(`${until}T00:00:00Z`)
  // `2027-02-30` parses as a day in March.
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(until)) return undefined
  return start + DAY_MS
}
