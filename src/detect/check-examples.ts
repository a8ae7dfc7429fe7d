import { ConfigError } from '../errors.js'
import type { Matcher } from './matcher.js'
import { Scanner } from './scanner.js'
import type { Rule, ScanContext } from './types.js'

/** Fills an example's template; `secret` is the part that `<<` and `>>` mark, or all of it. */
export type FillExample = (example: string) => { readonly text: string; readonly secret: string }

/**
 * Tries a rule on its own examples: each must be found, exactly, where the rule's context allows it; no non-example may.
 * @throws ConfigError that names the rule and the example by its index, never its text.
 */
export function checkExamples(rule: Rule, matcher: Matcher, fill: FillExample): void {
  const { id, context = {}, definition } = rule
  const scanner = new Scanner([{ ...rule, action: 'seal' }], () => matcher, undefined, Number.POSITIVE_INFINITY)
  const finds = (text: string, secret: string | undefined, at?: ScanContext): boolean =>
    scanner.scan(text, at).some((hit) => hit.rule.id === id && (secret === undefined || hit.secret === secret))
  const key = context.keys?.[0]
  for (const [i, example] of rule.examples.entries()) {
    const { text, secret } = filled(id, 'example', i, example, fill)
    const found =
      finds(text, secret) ||
      (key !== undefined && finds(text, secret, { key })) ||
      (context.near ?? []).some((word) => finds(`${word} ${text}`, secret))
    if (!found) throw new ConfigError(`Rule "${id}" does not find its example ${i}, or not exactly.`)
  }
  for (const [i, example] of rule.nonExamples.entries()) {
    const { text } = filled(id, 'nonExample', i, example, fill)
    // Without its context a rule that has no anchor would be silent on anything.
    const isValue = definition.anchors.length === 0 && key !== undefined && !/[\s=:]/.test(text)
    if (finds(text, undefined, isValue ? { key } : undefined)) {
      throw new ConfigError(`Rule "${id}" finds something in its nonExample ${i}, which must stay silent.`)
    }
  }
}

function filled(id: string, what: string, index: number, example: string, fill: FillExample): ReturnType<FillExample> {
  try {
    return fill(example)
  } catch {
    throw new ConfigError(`Rule "${id}": ${what} ${index} is not a template that can be filled.`)
  }
}
