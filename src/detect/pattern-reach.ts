import { CLASS, execAt, GROUP, QUANTIFIER } from './pattern-syntax.js'
import { escapeLength } from './unit-set.js'

/** How many characters of a text an expression reads, at most, look-around included; Infinity where it has no bound. */
export const reachOf = (source: string): number => new Reader(source).alternatives()

class Reader {
  #at = 0

  constructor(readonly source: string) {}

  alternatives(): number {
    let longest = this.#sequence()
    while (this.source[this.#at] === '|') {
      this.#at++
      longest = Math.max(longest, this.#sequence())
    }
    return longest
  }

  #sequence(): number {
    let length = 0
    for (let unit = this.source[this.#at]; unit !== undefined && unit !== '|' && unit !== ')'; ) {
      const once = unit === '(' ? this.#group() : this.#one(unit)
      const most = this.#most()
      // Of nothing there is none, however often.
      length += once === 0 ? 0 : once * most
      unit = this.source[this.#at]
    }
    return length
  }

  #group(): number {
    this.#at += execAt(GROUP, this.source, this.#at)![0].length
    const length = this.alternatives()
    this.#at++
    return length
  }

  #one(unit: string): number {
    if (unit === '[') this.#at += execAt(CLASS, this.source, this.#at)![0].length
    else this.#at += unit === '\\' ? escapeLength(this.source, this.#at) : 1
    return 1
  }

  /** How often what was read may stand. */
  #most(): number {
    const match = execAt(QUANTIFIER, this.source, this.#at)
    if (match === null) return 1
    this.#at += match[0].length
    const [, sign, least, comma, most] = match
    if (sign !== undefined) return sign === '?' ? 1 : Number.POSITIVE_INFINITY
    return comma === '' ? Number(least) : Number(most || Number.POSITIVE_INFINITY)
  }
}
