import type { Rule } from '../../../src/detect/types.js'
import { fillExample } from '../../../src/testing/templates.js'
import { type FieldName, fieldName, fits } from '../../rules/contexts.js'
import type { Dice } from './dice.js'
import type { Planting, TemplateSet } from './planting.js'

export interface Planted {
  readonly ruleId: string
  readonly context: string
  readonly key?: string
  readonly text: string
  readonly start: number
  readonly end: number
}

interface Material {
  readonly ruleId: string
  readonly name: FieldName
  readonly needsName: boolean
  readonly text: string
  readonly secret: string
}

/** The rule id of credentials that only their name gives away. */
export const NAMED = 'named-field'
const NAMED_SHARE = 0.08
/** An example that brings text around its secret has its own name and syntax: it stands in forms that add neither. */
const isNeutral = ({ run, needs, named }: Planting) => run === undefined && needs === undefined && named !== true
/** Half of what leaks is of these, as in life; the rest is of any provider that a rule knows. */
const COMMON = new Set(
  'Anthropic,OpenAI,Google,Groq,Hugging Face,AWS,Azure,GitHub,GitLab,Slack,Stripe,SendGrid,Shopify,Twilio,Discord,Telegram,npm,PyPI,Docker,Databricks,Linear,Notion,JWT,PEM,Connection string'.split(
    ',',
  ),
)
const COMMON_SHARE = 0.5
const commonOf = new WeakMap<readonly Rule[], readonly Rule[]>()
const ENDS_IN_NAME = /(?:key|token|secret|password)$/

/** A secret in one of the set's forms. */
export function plant(set: TemplateSet, rules: readonly Rule[], dice: Dice): Planted {
  for (;;) {
    const material = dice.chance(NAMED_SHARE) ? namedMaterial(set, dice) : ruleMaterial(pickRule(rules, dice), dice)
    const whole = material.text === material.secret
    const planting = dice.pick(set.plantings)
    if (material.needsName && planting.named !== true) continue
    if (!fits(planting.needs, material.text) || (!whole && !isNeutral(planting))) continue
    return place(planting, material, set, dice)
  }
}

function pickRule(rules: readonly Rule[], dice: Dice): Rule {
  const common = commonOf.get(rules) ?? rules.filter(({ provider }) => COMMON.has(provider))
  commonOf.set(rules, common)
  return dice.pick(common.length > 0 && dice.chance(COMMON_SHARE) ? common : rules)
}

function namedMaterial(set: TemplateSet, dice: Dice): Material {
  const { words, value } = dice.pick(set.credentials)
  const secret = dice.fill(value)
  return { ruleId: NAMED, name: fieldName(...words), needsName: true, text: secret, secret }
}

function ruleMaterial(rule: Rule, dice: Dice): Material {
  const filled = fillExample(dice.pick(rule.examples), dice.random)
  const word = rule.context?.keys?.[0]
  const words = word === undefined ? ['service', 'api', 'key'] : ENDS_IN_NAME.test(word) ? [word] : [word, 'api', 'key']
  const needsName = word !== undefined && filled.text === filled.secret
  return { ruleId: rule.id, name: fieldName(...words), needsName, ...filled }
}

function place(planting: Planting, material: Material, set: TemplateSet, dice: Dice): Planted {
  const { text: example, secret, name, ruleId } = material
  const planted = planting.text(example, name, dice)
  const run = example === secret ? (planting.run?.(secret) ?? secret) : secret
  const at = example === secret ? 0 : example.indexOf(secret)
  const within = planted.indexOf(example === secret ? run : example) + at
  const before = planting.key === undefined && planted !== example && dice.chance(0.5) ? `${set.filler(dice)}\n` : ''
  const after = before !== '' && dice.chance(0.5) ? `\n${set.filler(dice)}` : ''
  const start = before.length + within
  return {
    ruleId,
    context: planting.context,
    ...(planting.key === undefined ? {} : { key: planting.key(name) }),
    text: before + planted + after,
    start,
    end: start + run.length,
  }
}
