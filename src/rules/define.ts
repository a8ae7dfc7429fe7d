import type { Rule } from '../detect/types.js'

type Given = 'id' | 'title' | 'definition' | 'examples' | 'nonExamples'
type RuleData = Pick<Rule, Given> & Partial<Omit<Rule, Given>>

/** Rules of one provider; what most of them share is left out. */
export function defineRules(common: Pick<Rule, 'provider' | 'link'>, rules: readonly RuleData[]): readonly Rule[] {
  return rules.map((rule) => ({
    kind: 'private',
    severity: 'high',
    confidence: 'high',
    action: 'seal',
    ...common,
    ...rule,
  }))
}
