/** `private` opens something; `publishable` is meant to be public; `test` opens a sandbox; `identifier` names an account only. */
export type SecretKind = 'private' | 'publishable' | 'test' | 'identifier'
export type Severity = 'critical' | 'high' | 'medium' | 'low'
/** `certain`: structure proves it (a checksum, a decoded header). `high`: format alone suffices. `medium`: format and context. */
export type Confidence = 'certain' | 'high' | 'medium' | 'low'
/** `seal`: replaced when persisted. `report`: found, counted, left. `ignore`: the rule is off. */
export type RuleAction = 'seal' | 'report' | 'ignore'
/** One decoding step between the stored run and the secret. */
export type Encoding = 'base64' | 'base64url' | 'hex' | 'percent' | 'json' | 'bytes'

/**
 * Where a secret stands. Never the secret.
 * `text.slice(start, end)` of the string at `path` is the stored run, exactly; `encodings` are the decoding steps from
 * that run to the secret, outermost first.
 */
export interface Finding {
  readonly ruleId: string
  readonly kind: SecretKind
  readonly severity: Severity
  readonly confidence: Confidence
  readonly action: RuleAction
  /** From the scanned value to the string; a key that is itself a secret appears as `[redacted]`. */
  readonly path: readonly (string | number)[]
  /** True when the finding is in an object's key (or a Map's), whose parent is at `path`. */
  readonly inKey: boolean
  /** UTF-16 offsets; for byte arrays, element offsets. */
  readonly start: number
  readonly end: number
  readonly encodings: readonly Encoding[]
}

/**
 * What a rule looks for. The scanner meets one of `anchors` in a single pass over the text, then matches `pattern` as a
 * sticky regex from `before` characters ahead of it at most: a pattern must be bounded (no `*`, `+` or `{n,}` over more
 * than `maxLength` characters), so that a scan is linear.
 */
export interface RuleDefinition {
  /**
   * Literal, at least 3 characters, case-sensitive unless `caseInsensitive`. Empty for a rule that rests on its context:
   * it is tried on the value under a field in `context.keys`, and on what follows a word in `context.near`.
   */
  readonly anchors: readonly string[]
  readonly caseInsensitive?: boolean
  /** Source of a regular expression without flags; named group `secret` is the secret, else the whole match. */
  readonly pattern: string
  /** How far ahead of the anchor the match may start; 0 unless told. */
  readonly before?: number
  /** Characters that may not stand before the match: `token` is `[A-Za-z0-9_-]` (the default), `word` is `[A-Za-z0-9_]`. */
  readonly leftBoundary?: 'token' | 'word' | 'none'
  readonly rightBoundary?: 'token' | 'word' | 'none'
  readonly maxLength?: number
}

/** What must stand around a match that its format alone does not prove. */
export interface RuleContext {
  /** Matched against the nearest field name in state, in lower case without separators (`azureopenaiapikey`). */
  readonly keys?: readonly string[]
  /** One of these words within `window` characters before the match, in any case; 64 unless told. */
  readonly near?: readonly string[]
  readonly window?: number
}

export interface Rule {
  /** Public API: `provider-what`; deprecated, never renamed. */
  readonly id: string
  readonly provider: string
  readonly title: string
  /** The provider's page that states the format. */
  readonly link: string
  readonly kind: SecretKind
  readonly severity: Severity
  readonly confidence: Confidence
  readonly action: RuleAction
  readonly definition: RuleDefinition
  readonly context?: RuleContext
  /**
   * Structure beyond the pattern. `false` drops the match; a confidence replaces the rule's (a checksum raises
   * confidence and does not gate: test and sample tokens often fail it).
   */
  readonly validate?: (secret: string) => boolean | Confidence
  /**
   * Templates such as `ghp_{{base62:36}}`, filled at test time; each must be found, exactly, in every context. Where the
   * text around the secret belongs to the example, `<<` and `>>` mark the secret.
   */
  readonly examples: readonly string[]
  /** Templates or literals that must stay silent. */
  readonly nonExamples: readonly string[]
  /** Set when the rule is kept only so that its id stays valid. */
  readonly deprecated?: string
}

/** What surrounds a scanned string in state. */
export interface ScanContext {
  /** Nearest field name; arrays pass on the name of the field that holds them. */
  readonly key?: string | undefined
  /** The object that holds the field, for rules that look at siblings. Read only its own data properties. */
  readonly parent?: Readonly<Record<string, unknown>> | undefined
  /** From the scanned value to the string, for allow lists. */
  readonly path?: readonly (string | number)[] | undefined
}

/** A finding with its plaintext. For the saver's eyes: never leaves the process, never logged, never in an error. */
export interface Hit {
  readonly rule: Pick<Rule, 'id' | 'kind' | 'severity' | 'action'>
  readonly confidence: Confidence
  /** The stored run in the scanned text. */
  readonly start: number
  readonly end: number
  readonly encodings: readonly Encoding[]
  /** The decoded secret alone, without what stands around it in a decoded run. */
  readonly secret: string
  /** Random-looking secrets that stand inside this one under names of their own. */
  readonly within?: readonly string[]
}
