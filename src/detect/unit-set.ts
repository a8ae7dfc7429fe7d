const ASCII = 128
const MAX_CACHED = 2048
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' }
const DIGITS = '0123456789'
const WORDS = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`
const SPACES = ' \t\n\v\f\r'

const exact = new Map<string, UnitSet>()
const folded = new Map<string, UnitSet>()

/** A set of UTF-16 units: any of ASCII, and all or none of the others. */
export class UnitSet {
  /** A bit for each unit of ASCII, then one for all that is not. */
  readonly bits = new Uint32Array(5)

  has(unit: number): boolean {
    const at = unit < ASCII ? unit : ASCII
    return ((this.bits[at >> 5]! >>> (at & 31)) & 1) !== 0
  }

  add(unit: number): void {
    const at = unit < ASCII ? unit : ASCII
    this.bits[at >> 5]! |= 1 << (at & 31)
  }

  /** @returns what is in either; this set itself where nothing is missing in it. */
  with(other: UnitSet): UnitSet {
    if (this === other || this.#includes(other)) return this
    const union = new UnitSet()
    union.addAll(this)
    union.addAll(other)
    return union
  }

  #includes({ bits }: UnitSet): boolean {
    for (let i = 0; i < 5; i++) if ((bits[i]! & ~this.bits[i]!) !== 0) return false
    return true
  }

  addAll(other: UnitSet): void {
    for (let i = 0; i < 5; i++) this.bits[i]! |= other.bits[i]!
  }

  /** What any of some lists of sets allows at each place, as far as all of them go. */
  static unions(lists: readonly (readonly UnitSet[])[]): readonly UnitSet[] {
    const [first = [], ...others] = lists
    if (others.length === 0) return first
    const shortest = Math.min(...lists.map(({ length }) => length))
    return first.slice(0, shortest).map((set, i) => others.reduce((union, list) => union.with(list[i]!), set))
  }

  /**
   * @param text a character, an escape or a class of an expression. More than it means may be in the set, and never less.
   * @returns a shared set.
   */
  static of(text: string, fold: boolean): UnitSet {
    const cache = fold ? folded : exact
    const known = cache.get(text)
    if (known !== undefined) return known
    const set = new UnitSet()
    if (text[0] === '[' && text.length > 1) readClass(text, set)
    else readOne(text, 0, set)
    if (fold) foldCase(set)
    if (cache.size < MAX_CACHED) cache.set(text, set)
    return set
  }
}

function readClass(source: string, set: UnitSet): void {
  const isNegated = source[1] === '^'
  const members = new UnitSet()
  let at = isNegated ? 2 : 1
  while (at < source.length - 1) {
    const first = readOne(source, at, members, true)
    at = first.end
    if (source[at] !== '-' || source[at + 1] === ']' || first.unit === undefined) continue
    const last = readOne(source, at + 1, members, true)
    at = last.end
    for (let unit = first.unit; unit <= Math.min(last.unit ?? ASCII, ASCII); unit++) members.add(unit)
  }
  if (isNegated) invert(members, set)
  else set.addAll(members)
}

/** @returns its unit where it is one character. */
function readOne(source: string, at: number, set: UnitSet, inClass = false): { unit?: number; end: number } {
  const sign = source[at]!
  if (sign !== '\\') {
    if (sign === '.' && !inClass) invert(new UnitSet(), set)
    else set.add(sign.charCodeAt(0))
    return { unit: sign.charCodeAt(0), end: at + 1 }
  }
  const letter = source[at + 1]!
  const known = { d: DIGITS, w: WORDS, s: SPACES }[letter.toLowerCase()]
  if (known !== undefined) {
    const members = new UnitSet()
    for (const unit of known) members.add(unit.charCodeAt(0))
    // There are spaces beyond ASCII.
    if (letter === 's') members.add(ASCII)
    if (letter === letter.toLowerCase()) set.addAll(members)
    else invert(members, set)
    return { end: at + 2 }
  }
  const end = at + escapeLength(source, at)
  const isCode = end - at > 2
  const unit = isCode ? Number.parseInt(source.slice(at + 2, end), 16) : (ESCAPES[letter] ?? letter).charCodeAt(0)
  set.add(unit)
  return { unit, end }
}

export function escapeLength(source: string, at: number): number {
  const letter = source[at + 1]
  if (letter !== 'x' && letter !== 'u') return 2
  return /^\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4})/.exec(source.slice(at, at + 6))?.[0].length ?? 2
}

/** Beyond ASCII a set knows all or nothing, so that what is left out may be in it. */
function invert(members: UnitSet, into: UnitSet): void {
  for (let unit = 0; unit < ASCII; unit++) if (!members.has(unit)) into.add(unit)
  into.add(ASCII)
}

/** Without the flag `u`, nothing beyond ASCII folds to a letter of it. */
function foldCase(set: UnitSet): void {
  for (let unit = 97; unit <= 122; unit++) {
    const other = unit - 32
    if (!set.has(unit) && !set.has(other)) continue
    set.add(unit)
    set.add(other)
  }
}
