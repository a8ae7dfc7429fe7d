import { Automaton } from './automaton.js'
import { TOKEN } from './chars.js'
import type { CompiledRule } from './compiled-rule.js'

const utf8 = new TextEncoder()
const MAX_BOUNDED = 255

export interface Anchor {
  readonly rule: CompiledRule
  readonly text: string
  readonly isExact: boolean
}

/** All anchors of all rules, looked for in one pass. */
export class AnchorSearch {
  readonly automaton: Automaton
  /** For each literal of the automaton. */
  readonly anchors: readonly (readonly Anchor[])[]
  /** In UTF-16 units. */
  readonly lengths: readonly number[]
  readonly #literals: readonly string[]

  /** @param inBytes for a search through UTF-8 instead of UTF-16. */
  constructor(rules: readonly CompiledRule[], inBytes: boolean) {
    const byText = new Map<string, Anchor[]>()
    for (const rule of rules) {
      const isExact = rule.rule.definition.caseInsensitive !== true
      for (const text of rule.anchors.flatMap(escapedForms)) push(byText, text.toLowerCase(), { rule, text, isExact })
    }
    const texts = [...byText.keys()]
    this.#literals = inBytes ? texts.map((text) => String.fromCharCode(...utf8.encode(text))) : texts
    this.automaton = new Automaton(this.#literals, true)
    this.anchors = [...byText.values()]
    this.lengths = texts.map((text) => text.length)
  }

  get longest(): number {
    return Math.max(0, ...this.#literals.map((text) => text.length))
  }

  /** For each output state the length of its anchor where no token may end before that, else 0. */
  boundedLengths(): Uint8Array {
    return Uint8Array.from(this.automaton.outputs, (indices) => {
      const isBounded = ({ rule }: Anchor) => rule.before === 0 && rule.left === TOKEN
      const length = Math.max(...indices.map((index) => this.#literals[index]!.length))
      return indices.length === 1 && length <= MAX_BOUNDED && this.anchors[indices[0]!]!.every(isBounded) ? length : 0
    })
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
