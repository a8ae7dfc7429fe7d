import { anchorsOf } from '../detect/literal-prefix.js'
import type { Confidence, Rule, RuleAction, SecretKind, Severity } from '../detect/types.js'

/** A rule as data, for a YAML or JSON configuration. */
export interface CustomRule {
  /** `provider-what`, in lower case with hyphens; no stock rule's id. */
  readonly id: string
  readonly title?: string
  /** Source of a regular expression without lookaround or back references; group `(?<secret>…)` where text stands around it. */
  readonly pattern: string
  /** Literals that every match begins with, three characters or more. Taken from the pattern's beginning unless told. */
  readonly anchors?: readonly string[]
  readonly caseInsensitive?: boolean
  /** Parts of field names, such as `acmetoken`: the value must stand under such a field, or behind a word of `near`. */
  readonly keys?: readonly string[]
  readonly near?: readonly string[]
  readonly severity?: Severity
  readonly confidence?: Confidence
  readonly kind?: SecretKind
  readonly action?: RuleAction
  /** Bits for each character; what is less random is not a secret. 3 leaves out words, 4 leaves out hex. */
  readonly minEntropy?: number
  readonly maxLength?: number
  readonly leftBoundary?: 'token' | 'word' | 'none'
  readonly rightBoundary?: 'token' | 'word' | 'none'
  /** Each must be found; templates such as `acme_{{base62:32}}` are filled, `<<` and `>>` mark the secret in a text. */
  readonly examples: readonly string[]
  /** Each must stay silent. */
  readonly nonExamples?: readonly string[]
}

/** A rule of the engine; what it says by its format alone is as sure as its author. */
export function toRule(custom: CustomRule): Rule {
  const { id, title = id, pattern, keys, near, minEntropy } = custom
  const { severity = 'high', kind = 'private', action = 'seal', examples, nonExamples = [] } = custom
  const hasContext = (keys ?? []).length + (near ?? []).length > 0
  const anchors = custom.anchors ?? anchorsOf(pattern)
  const given = definedOnly({
    caseInsensitive: custom.caseInsensitive,
    maxLength: custom.maxLength,
    leftBoundary: custom.leftBoundary,
    rightBoundary: custom.rightBoundary,
  })
  return {
    id,
    title,
    provider: id.split('-')[0]!,
    link: '',
    kind,
    severity,
    confidence: custom.confidence ?? (anchors.length > 0 ? 'high' : 'medium'),
    action,
    definition: { anchors, pattern, ...given },
    ...(hasContext ? { context: definedOnly({ keys, near }) } : {}),
    ...(minEntropy === undefined ? {} : { validate: (secret: string) => entropyOf(secret) >= minEntropy }),
    examples,
    nonExamples,
  }
}

/** Shannon's, in bits for each character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const unit of text) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function definedOnly<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
