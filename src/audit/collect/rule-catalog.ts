import { BUILT_IN } from '../../detect/built-in.js'
import { anchorsOf } from '../../detect/literal-prefix.js'
import type { Hit, Rule } from '../../detect/types.js'
import type { RuleSight } from './secret-entry.js'

export interface RuleText {
  readonly provider: string
  readonly title: string
  readonly rotateAt: string
}

const BUILT_IN_TEXT: Readonly<Record<string, RuleText>> = {
  [BUILT_IN.namedField.id]: {
    provider: 'unknown',
    title: 'Value of a field whose name means a credential',
    rotateAt: '',
  },
  [BUILT_IN.fieldPath.id]: {
    provider: 'unknown',
    title: 'Value of a field that the configuration names',
    rotateAt: '',
  },
  [BUILT_IN.knownValue.id]: { provider: 'unknown', title: 'A secret of the same state, repeated', rotateAt: '' },
}

/** What may be said of a secret by its rule. */
export class RuleCatalog {
  readonly size: number
  readonly #rules: ReadonlyMap<string, Rule>
  readonly #prefixes = new Map<string, readonly string[]>()

  constructor(rules: readonly Rule[]) {
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]))
    this.size = rules.length
  }

  text(ruleId: string): RuleText {
    const rule = this.#rules.get(ruleId)
    if (rule !== undefined) return { provider: rule.provider, title: rule.title, rotateAt: rule.link }
    return BUILT_IN_TEXT[ruleId] ?? { provider: 'unknown', title: ruleId, rotateAt: '' }
  }

  sight({ rule, confidence, secret }: Hit): RuleSight {
    const { id: ruleId, kind, severity, action } = rule
    return { ruleId, kind, severity, action, confidence, prefix: this.#prefixOf(ruleId, secret) }
  }

  /** A literal of the rule's own with which every secret of it begins, never a character more. */
  #prefixOf(ruleId: string, secret: string): string {
    let prefixes = this.#prefixes.get(ruleId)
    if (prefixes === undefined) {
      const rule = this.#rules.get(ruleId)
      // `gh[pousr]_` names no prefix, its anchors do; both are the rule's own text.
      const own = rule === undefined ? [] : [...rule.definition.anchors, ...anchorsOf(rule.definition.pattern)]
      prefixes = own.sort((a, b) => b.length - a.length)
      this.#prefixes.set(ruleId, prefixes)
    }
    return prefixes.find((prefix) => secret.startsWith(prefix) && prefix.length * 2 < secret.length) ?? ''
  }
}
