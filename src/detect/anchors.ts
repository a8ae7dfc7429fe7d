import { TOKEN } from './chars.js'
import type { CompiledRule } from './compiled-rule.js'
import type { Need } from './pattern-need.js'
import { UnitSet } from './unit-set.js'

export interface Anchor {
  readonly rule: CompiledRule
  readonly text: string
  readonly isExact: boolean
}

/** All anchors of all rules, those together that differ in case only. */
export class Anchors {
  /** In lower case, each once. */
  readonly literals: readonly string[]
  /** For each literal. */
  readonly anchors: readonly (readonly Anchor[])[]

  constructor(rules: readonly CompiledRule[]) {
    const byLiteral = new Map<string, Anchor[]>()
    for (const rule of rules) {
      const isExact = rule.rule.definition.caseInsensitive !== true
      for (const text of rule.anchors.flatMap(escapedForms))
        push(byLiteral, text.toLowerCase(), { rule, text, isExact })
    }
    this.literals = [...byLiteral.keys()]
    this.anchors = [...byLiteral.values()]
  }

  /** For each literal what stands behind and ahead of it. */
  places(): readonly AnchorPlace[] {
    return this.literals.map((literal, index) => placeOf(literal, this.anchors[index]!))
  }
}

/** What a search without expressions may know of an anchor before it reports one. */
export interface AnchorPlace {
  /** In lower case. */
  readonly literal: string
  /** No token may end ahead of it. */
  readonly isBounded: boolean
  /** What stands here may be escaped, so that a backslash is as good as anything. */
  readonly mayBeEscaped: boolean
  /** What the characters from its beginning may be; empty when that is not known. */
  readonly head: readonly UnitSet[]
  /** What follows in every match; undefined when that is not known. */
  readonly need: Need | undefined
}

function placeOf(literal: string, anchors: readonly Anchor[]): AnchorPlace {
  const [only, ...others] = anchors
  return {
    literal,
    isBounded: anchors.every(({ rule }) => rule.before === 0 && rule.left === TOKEN),
    mayBeEscaped: anchors.some(({ rule }) => rule.spansLines),
    head: UnitSet.unions(anchors.map(({ rule }) => rule.head)),
    need: others.length === 0 && only!.isExact ? only!.rule.needBehind(only!.text) : undefined,
  }
}

/** An anchor with quotes in it also stands in JSON, and in JSON in JSON. Only unescaped does its rule match there. */
function escapedForms(anchor: string): string[] {
  if (anchor.lastIndexOf('"') <= 0) return [anchor]
  const rest = anchor.slice(1)
  return [anchor, ...['\\"', '\\\\\\"'].map((quote) => anchor[0] + rest.replaceAll('"', quote))]
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const others = map.get(key)
  if (others === undefined) map.set(key, [item])
  else others.push(item)
}

/** True when the anchor stands at `at`, in its exact case where that matters; that it does in some case is known. */
export function standsAt({ text: anchor, isExact }: Anchor, text: string, at: number): boolean {
  if (!isExact) return at >= 0
  return text.startsWith(anchor, at)
}
