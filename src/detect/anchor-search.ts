import { Automaton } from './automaton.js'
import { TOKEN } from './chars.js'
import type { CompiledRule } from './compiled-rule.js'
import { UnitSet } from './unit-set.js'

const utf8 = new TextEncoder()

export interface Anchor {
  readonly rule: CompiledRule
  readonly text: string
  readonly isExact: boolean
}

/** All anchors of all rules, looked for in one pass. */
export class AnchorSearch {
  readonly automaton: Automaton
  /** For each literal of the automaton; none for what is a mark only. */
  readonly anchors: readonly (readonly Anchor[])[]
  /** In UTF-16 units. */
  readonly lengths: readonly number[]
  readonly #literals: readonly string[]
  readonly #marks: ReadonlySet<string>

  /**
   * @param inBytes for a search through UTF-8 instead of UTF-16.
   * @param marks literals that are no anchors, whose places the caller asks for as well.
   */
  constructor(rules: readonly CompiledRule[], inBytes: boolean, marks: ReadonlySet<string> = new Set()) {
    const byText = new Map<string, Anchor[]>()
    for (const rule of rules) {
      const isExact = rule.rule.definition.caseInsensitive !== true
      for (const text of rule.anchors.flatMap(escapedForms)) push(byText, text.toLowerCase(), { rule, text, isExact })
    }
    for (const mark of marks) if (!byText.has(mark)) byText.set(mark, [])
    this.#marks = marks
    const texts = [...byText.keys()]
    this.#literals = inBytes ? texts.map((text) => String.fromCharCode(...utf8.encode(text))) : texts
    this.automaton = new Automaton(this.#literals, true)
    this.anchors = [...byText.values()]
    this.lengths = texts.map((text) => text.length)
  }

  /** For each output state what stands behind and ahead of its literals, in the order of `automaton.outputs`. */
  places(): readonly (readonly AnchorPlace[])[] {
    const all = this.#literals.map((literal, index) => ({
      ...placeOf(literal.length, this.anchors[index]!),
      isMark: this.#marks.has(literal),
    }))
    return this.automaton.outputs.map((indices) => indices.map((index) => all[index]!))
  }
}

/** What a search without expressions may know of an anchor before it reports one. */
export interface AnchorPlace {
  readonly length: number
  readonly isAnchor: boolean
  /** That the literal stands here is asked for itself. */
  readonly isMark: boolean
  /** No token may end ahead of it. */
  readonly isBounded: boolean
  /** What stands here may be escaped, so that a backslash is as good as anything. */
  readonly mayBeEscaped: boolean
  /** What the characters from its beginning may be; empty when that is not known. */
  readonly head: readonly UnitSet[]
}

function placeOf(length: number, anchors: readonly Anchor[]): Omit<AnchorPlace, 'isMark'> {
  const heads = anchors.map(({ rule }) => rule.head)
  return {
    length,
    isAnchor: anchors.length > 0,
    isBounded: anchors.every(({ rule }) => rule.before === 0 && rule.left === TOKEN),
    mayBeEscaped: anchors.some(({ rule }) => rule.spansLines),
    head: UnitSet.unions(heads),
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
