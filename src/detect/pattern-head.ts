import { CLASS, execAt, GROUP, QUANTIFIER } from './pattern-syntax.js'
import { escapeLength, UnitSet } from './unit-set.js'

/** How much of a match is looked at. */
export const MAX_HEAD = 24
const ONCE = { least: 1, most: 1 } as const
const IN_HEAD = (1 << MAX_HEAD) - 1

/**
 * What each of the first characters of a match may be, for as many as every match has, and at most `MAX_HEAD`: a
 * superset that costs a few array reads where an expression costs a call. Look-around and boundaries are not read.
 * @param source of a bounded expression without flags, as `assertBounded` lets through.
 */
export function headOf(source: string, caseInsensitive: boolean): readonly UnitSet[] {
  const sets: UnitSet[] = []
  const ends = new Parser(source, caseInsensitive, sets).alternatives(1)
  const shortest = ends === 0 ? MAX_HEAD : 31 - Math.clz32(ends & -ends)
  return sets.slice(0, shortest)
}

/**
 * Reads an expression and walks it at once. What a part is given, and what it returns, is a set of offsets as bits: where
 * it may begin, and where it may end.
 */
class Parser {
  #at = 0

  constructor(
    readonly source: string,
    readonly fold: boolean,
    readonly sets: UnitSet[],
  ) {}

  alternatives(starts: number): number {
    let ends = this.#sequence(starts)
    while (this.source[this.#at] === '|') {
      this.#at++
      ends |= this.#sequence(starts)
    }
    return ends
  }

  #sequence(starts: number): number {
    let ends = starts
    while (this.#isInside()) {
      // What is too far behind to be looked at need not be read.
      if (ends === 0) this.#skip('|)')
      else ends = this.#repeated(ends)
    }
    return ends
  }

  #isInside(): boolean {
    const unit = this.source[this.#at]
    return unit !== undefined && unit !== '|' && unit !== ')'
  }

  #repeated(starts: number): number {
    const from = this.#at
    const isGroup = this.source[from] === '('
    const set = isGroup ? undefined : this.#set()
    let last = isGroup ? this.#group(starts) : this.#put(set, starts)
    const { least, most } = this.#quantifier()
    const behind = this.#at
    let ends = least === 0 ? starts : 0
    for (let times = 1; times < most && last !== 0; times++) {
      if (times >= least) {
        if ((last & ~ends) === 0) break
        ends |= last
      }
      this.#at = from
      last = isGroup ? this.#group(last) : this.#put(set, last)
    }
    this.#at = behind
    return ends | last
  }

  #quantifier(): { least: number; most: number } {
    const unit = this.source[this.#at]
    if (unit !== '{' && unit !== '?' && unit !== '*' && unit !== '+') return ONCE
    const match = execAt(QUANTIFIER, this.source, this.#at)
    if (match === null) return ONCE
    this.#at += match[0].length
    const [, sign, least, comma, most] = match
    if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY }
    return { least: Number(least), most: comma === '' ? Number(least) : Number(most || Number.POSITIVE_INFINITY) }
  }

  /** The set of characters that comes next; undefined for what takes up none. */
  #set(): UnitSet | undefined {
    const from = this.#at
    const unit = this.source[from]!
    if (unit === '[') {
      const [text] = execAt(CLASS, this.source, from)!
      this.#at += text.length
      return UnitSet.of(text, this.fold)
    }
    if (unit !== '\\') {
      this.#at++
      return unit === '^' || unit === '$' ? undefined : UnitSet.of(unit, this.fold)
    }
    this.#at += escapeLength(this.source, from)
    const text = this.source.slice(from, this.#at)
    return text === '\\b' || text === '\\B' ? undefined : UnitSet.of(text, this.fold)
  }

  #put(set: UnitSet | undefined, starts: number): number {
    if (set === undefined) return starts
    for (let left = starts; left !== 0; left &= left - 1) {
      const at = 31 - Math.clz32(left & -left)
      const others = this.sets[at]
      this.sets[at] = others === undefined ? set : others.with(set)
    }
    return (starts << 1) & IN_HEAD
  }

  #group(starts: number): number {
    const [head] = execAt(GROUP, this.source, this.#at)!
    this.#at += head.length
    const isAround = head.endsWith('=') || head.endsWith('!')
    let ends = starts
    if (isAround) this.#skip(')')
    else ends = this.alternatives(starts)
    this.#at++
    return ends
  }

  /** To the first of some signs outside of groups and classes. */
  #skip(signs: string): void {
    let depth = 0
    let isInClass = false
    for (; this.#at < this.source.length; this.#at++) {
      const unit = this.source[this.#at]!
      if (depth === 0 && !isInClass && signs.includes(unit)) return
      if (unit === '\\') this.#at++
      else if (isInClass) isInClass = unit !== ']'
      else if (unit === '[') isInClass = true
      else if (unit === '(') depth++
      else if (unit === ')') depth--
    }
  }
}
