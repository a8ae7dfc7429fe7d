import { BUILT_IN } from '../../detect/built-in.js'
import type { Rule, SecretKind, Severity } from '../../detect/types.js'
import { SEVERITIES } from './definition.js'

/** What a claim's rule says about its secret. What is absent, nobody can tell. */
export interface SecretClass {
  /** In lower case, as conditions on it are: a rule for `aws` must not miss `AWS`. */
  readonly provider?: string
  readonly kind?: SecretKind
  /** The least that it can be. */
  readonly severity?: Severity
  /** True when it may be more than that. */
  readonly orMore?: boolean
}

const MARKED: SecretClass = { kind: 'private', severity: 'high' }
/** A copy of another secret, or one that an application handed on: it may be of any rule. */
const ANY_SECRET: SecretClass = { ...MARKED, orMore: true }

/** Ids that claims have, and no rule of a pack. None of them says whose secret it is. */
const WITHOUT_RULE: ReadonlyMap<string, SecretClass> = new Map([
  [BUILT_IN.namedField.id, MARKED],
  [BUILT_IN.fieldPath.id, MARKED],
  ['marked-secret', MARKED],
  ['marked-field', MARKED],
  [BUILT_IN.knownValue.id, ANY_SECRET],
  ['handoff', ANY_SECRET],
])

const UNKNOWN: SecretClass = {}

const NAMED = 'credential:'
/** What stands in a claim in the place of a rule, where an application has named the credential. */
export const namedRule = (name: string): string => `${NAMED}${name}`
/** Of a name, or a pattern of such: which there are, the application alone knows. */
export const isNamed = (rule: string): boolean => rule.startsWith(NAMED)

/** The classes of all rules, looked up only once a rule of a policy asks for one. */
export class SecretClasses {
  readonly #rules: () => readonly Rule[]
  #byId: ReadonlyMap<string, SecretClass> | undefined

  constructor(rules: () => readonly Rule[]) {
    this.#rules = rules
  }

  /** Of an id that no rule has (an older configuration's), or of a whole thread (`*`), nothing is known. */
  of(ruleId: string): SecretClass {
    return this.#all().get(ruleId) ?? (isNamed(ruleId) ? ANY_SECRET : UNKNOWN)
  }

  get ids(): Iterable<string> {
    return this.#all().keys()
  }

  get providers(): ReadonlySet<string> {
    return new Set([...this.#all().values()].flatMap(({ provider }) => provider ?? []))
  }

  #all(): ReadonlyMap<string, SecretClass> {
    this.#byId ??= new Map([
      ...this.#rules().map(({ id, provider, kind, severity }) => {
        const known: SecretClass = { provider: provider.toLowerCase(), kind, severity }
        return [id, known] as const
      }),
      ...WITHOUT_RULE,
    ])
    return this.#byId
  }
}

export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity)
