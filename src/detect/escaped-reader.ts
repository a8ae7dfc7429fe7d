import { addDecoded, ruleCandidate } from './candidates.js'
import type { CompiledRule } from './compiled-rule.js'
import { UnescapedPart } from './decode/index.js'
import { nameStartBefore } from './name-span.js'
import type { Candidate } from './resolve.js'

/** What stands ahead of a match and is a part of its context. */
const NAME_AHEAD = 32

interface Part {
  readonly unescaped: UnescapedPart
  readonly within: EscapedReader
}

/**
 * Tries rules where their anchor stands among escapes: what has quotes or line breaks in it stands escaped in JSON, and
 * twice so in JSON in JSON. Keeps the last part of the text that was unescaped, so that many anchors in it cost little.
 */
export class EscapedReader {
  /** Offset of a backslash, for all that stands ahead of it; -1 when none is left. */
  #nextEscape = 0
  #part: Part | undefined

  constructor(readonly text: string) {}

  /**
   * @param at where an anchor of the rule stands; not ahead of the one before.
   * @param levels how often the text may be unescaped.
   */
  find(rule: CompiledRule, at: number, isUnderKey: boolean, levels: number): Candidate | undefined {
    if (levels === 0 || !this.#isEscaped(at, at + rule.reach)) return undefined
    const { unescaped, within } = this.#partFor(rule, at)
    const { decoded } = unescaped
    const start = unescaped.unitAt(at)
    const match = rule.matchAround(decoded.text, start, isUnderKey)
    const inner =
      match === undefined ? within.find(rule, start, isUnderKey, levels - 1) : ruleCandidate(rule, match, decoded.text)
    if (inner === undefined) return undefined
    const found: Candidate[] = []
    addDecoded(this.text, decoded, [inner], found)
    return found[0]
  }

  #isEscaped(from: number, to: number): boolean {
    if (this.#nextEscape >= 0 && this.#nextEscape < from) this.#nextEscape = this.text.indexOf('\\', from)
    return this.#nextEscape >= 0 && this.#nextEscape < to
  }

  #partFor(rule: CompiledRule, at: number): Part {
    const context = Math.max(0, at - Math.max(rule.before, rule.window) - NAME_AHEAD)
    const last = this.#part
    if (last !== undefined && context >= last.unescaped.start && at + rule.reach <= last.unescaped.end) return last
    const start = nameStartBefore(this.text, context)
    // Twice as far as this match may reach: what begins in it is read with it, so that the work stays linear.
    const end = Math.min(this.text.length, at + 2 * rule.reach)
    const unescaped = new UnescapedPart(this.text, start, end)
    this.#part = { unescaped, within: new EscapedReader(unescaped.decoded.text) }
    return this.#part
  }
}
