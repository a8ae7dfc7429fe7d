import type { Rule } from '../../detect-entry.js'

/** What a report says of a rule. */
export interface RuleFacts {
  readonly provider: string
  readonly title: string
  readonly link: string
}

/** What the engine finds without a rule of the pack. */
const BUILT_IN_FACTS: Readonly<Record<string, RuleFacts>> = {
  'named-field': { provider: 'unknown', title: 'Value of a field that is named like a credential', link: '' },
  'field-path': { provider: 'unknown', title: 'Value of a field that the configuration names', link: '' },
}
const UNKNOWN: RuleFacts = { provider: 'unknown', title: 'Secret', link: '' }

/** Looks up what is known of each rule; holds nothing of what was found. */
export class RuleBook {
  readonly #rules: ReadonlyMap<string, Rule>

  constructor(rules: readonly Rule[]) {
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]))
  }

  get size(): number {
    return [...this.#rules.values()].filter(({ action, deprecated }) => action !== 'ignore' && deprecated === undefined)
      .length
  }

  factsOf(ruleId: string): RuleFacts {
    return this.#rules.get(ruleId) ?? BUILT_IN_FACTS[ruleId] ?? UNKNOWN
  }

  /** The longest literal of the rule that the secret begins with: public, since every such secret does. */
  prefixOf(ruleId: string, secret: string): string {
    const { anchors = [], before = 0 } = this.#rules.get(ruleId)?.definition ?? {}
    if (before > 0) return ''
    return anchors.reduce(
      (best, anchor) => (secret.startsWith(anchor) && anchor.length > best.length ? anchor : best),
      '',
    )
  }
}
