import { CLASS, execAt, GROUP, QUANTIFIER } from './pattern-syntax.js'
import { escapeLength, UnitSet } from './unit-set.js'

/** What every match holds behind its beginning. */
export interface Need {
  readonly unit: number
  /** What alone may stand between the beginning and the unit. */
  readonly across: UnitSet
}

interface Part {
  readonly text: string
  readonly depth: number
  readonly isOnce: boolean
}

/**
 * The last character that a match of an expression cannot do without, so that a look ahead can refute one: a URL has no
 * password if no `@` comes before its path.
 * @param begins with which the expression begins, written out.
 * @returns undefined where the expression begins otherwise, or needs nothing.
 */
export function needOf(source: string, begins: string): Need | undefined {
  const parts = partsOf(source)
  if (parts === undefined) return undefined
  for (const [i, unit] of [...begins].entries())
    if (!isLiteral(parts[i]) || literalOf(parts[i]!) !== unit) return undefined
  const behind = parts.slice(begins.length)
  const last = behind.findLastIndex(isLiteral)
  if (last < 0) return undefined
  const across = new UnitSet()
  for (const { text } of behind.slice(0, last)) across.addAll(UnitSet.of(text, false))
  return { unit: literalOf(behind[last]!).charCodeAt(0), across }
}

const literalOf = ({ text }: Part): string => text.replace(/^\\/, '')

/** True for a character of ASCII that stands for itself in each match. */
const isLiteral = (part: Part | undefined): part is Part =>
  part !== undefined && part.depth === 0 && part.isOnce && /^(?:[!-~ ](?<![\\[.^$])|\\[!-/:-@[-^{-~`])$/.test(part.text)

/** What takes up characters, in its order; undefined for an expression of alternatives. */
function partsOf(source: string): Part[] | undefined {
  const parts: Part[] = []
  /** For each open group whether it looks around. */
  const groups: boolean[] = []
  for (let at = 0; at < source.length; ) {
    const unit = source[at]!
    if (unit === '|' && groups.length === 0) return undefined
    if (unit === '(') {
      const head = taken(GROUP, source, at)
      groups.push(/[=!]$/.test(head))
      at += head.length
    } else if (unit === ')' || unit === '|') {
      if (unit === ')') groups.pop()
      at++
      at += taken(QUANTIFIER, source, at).length
    } else {
      const text =
        unit === '[' ? taken(CLASS, source, at) : source.slice(at, at + (unit === '\\' ? escapeLength(source, at) : 1))
      at += text.length
      const quantifier = taken(QUANTIFIER, source, at)
      at += quantifier.length
      const isPart = !groups.includes(true) && !/^(?:[\^$]|\\[bB])$/.test(text)
      if (isPart) parts.push({ text, depth: groups.length, isOnce: quantifier === '' })
    }
  }
  return parts
}

const taken = (sticky: RegExp, source: string, at: number): string => execAt(sticky, source, at)?.[0] ?? ''
