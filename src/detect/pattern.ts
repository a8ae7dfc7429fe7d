import { ConfigError } from '../errors.js'

/** A pattern's parts, as far as the engine needs to know them. */
export type PatternNode =
  /** One character; `ascii[unit]` is 1 for those it may be. */
  | { readonly type: 'set'; readonly ascii: Uint8Array; readonly beyondAscii: boolean }
  | { readonly type: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly type: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly type: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number }
  /** Lookaround, anchors and boundaries: no characters of their own. */
  | { readonly type: 'assertion' }

const ASCII = 128
const CLASS_ESCAPES: Readonly<Record<string, RegExp>> = { d: /\d/, w: /\w/, s: /\s/, D: /\D/, W: /\W/, S: /\S/ }
const CONTROL_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' }

/** Reads a pattern; undefined for one that is written in more than the engine understands. */
export function parsePattern(source: string): PatternNode | undefined {
  try {
    return new PatternParser('', source, false).parse()
  } catch {
    return undefined
  }
}

/**
 * Refuses what could make a match unbounded or exponential: `*`, `+`, `{n,}`, back references, and a repeated group that
 * itself repeats a variable number of times.
 * @throws ConfigError naming the rule.
 */
export function assertBounded(ruleId: string, source: string): void {
  new PatternParser(ruleId, source, true).parse()
}

class PatternParser {
  #at = 0

  constructor(
    readonly ruleId: string,
    readonly source: string,
    readonly isBounded: boolean,
  ) {}

  parse(): PatternNode {
    const node = this.#choice()
    if (this.#at < this.source.length) this.#refuse('has an unmatched ")"')
    return node
  }

  #choice(): PatternNode {
    const options = [this.#sequence()]
    while (this.source[this.#at] === '|') {
      this.#at++
      options.push(this.#sequence())
    }
    return options.length === 1 ? options[0]! : { type: 'choice', options }
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = []
    while (this.#at < this.source.length && this.source[this.#at] !== '|' && this.source[this.#at] !== ')') {
      parts.push(this.#quantified(this.#atom()))
    }
    return parts.length === 1 ? parts[0]! : { type: 'sequence', parts }
  }

  #quantified(part: PatternNode): PatternNode {
    const quantifier = this.#quantifier()
    if (quantifier === undefined) return part
    const { least, most } = quantifier
    if (this.source[this.#at] === '?') this.#at++
    if (this.isBounded && most > 1 && isVariable(part)) this.#refuse('repeats a group that repeats')
    return { type: 'repeat', part, least, most }
  }

  #quantifier(): { readonly least: number; readonly most: number } | undefined {
    const unit = this.source[this.#at]
    if (unit === '*' || unit === '+') {
      if (this.isBounded) this.#refuse(`has an unbounded "${unit}"`)
      this.#at++
      return { least: unit === '*' ? 0 : 1, most: Number.POSITIVE_INFINITY }
    }
    if (unit === '?') {
      this.#at++
      return { least: 0, most: 1 }
    }
    if (unit !== '{') return undefined
    const match = /^\{(\d+)(,(\d*))?\}/.exec(this.source.slice(this.#at, this.#at + 16))
    if (match === null) return undefined
    const isOpen = match[2] !== undefined && match[3] === ''
    if (isOpen && this.isBounded) this.#refuse(`has an unbounded "${match[0]}"`)
    this.#at += match[0].length
    const least = Number(match[1])
    if (isOpen) return { least, most: Number.POSITIVE_INFINITY }
    return { least, most: match[2] === undefined ? least : Number(match[3]) }
  }

  #atom(): PatternNode {
    const unit = this.source[this.#at]!
    if (unit === '(') return this.#group()
    if (unit === '[') return this.#class()
    if (unit === '\\') return this.#escape()
    this.#at++
    if (unit === '^' || unit === '$') return { type: 'assertion' }
    if (unit === '.') return set((candidate) => candidate !== '\n' && candidate !== '\r', true)
    return literal(unit)
  }

  #group(): PatternNode {
    const head = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(this.source.slice(this.#at, this.#at + 40))![0]
    this.#at += head.length
    const inner = this.#choice()
    if (this.source[this.#at] !== ')') this.#refuse('has an unmatched "("')
    this.#at++
    return /^\(\?(?:[=!]|<[=!])/.test(head) ? { type: 'assertion' } : inner
  }

  #escape(): PatternNode {
    const unit = this.source[this.#at + 1] ?? ''
    if (/[1-9k]/.test(unit)) this.#refuse('has a back reference')
    if (unit === 'b' || unit === 'B') {
      this.#at += 2
      return { type: 'assertion' }
    }
    const shorthand = CLASS_ESCAPES[unit]
    if (shorthand === undefined) return literal(this.#escapedCharacter())
    this.#at += 2
    return set((candidate) => shorthand.test(candidate), /[DWSs]/.test(unit))
  }

  /** Reads `\n`, `\x2d`, `\u002d`, `\-`. */
  #escapedCharacter(): string {
    const unit = this.source[this.#at + 1] ?? ''
    const digits = unit === 'x' ? 2 : unit === 'u' ? 4 : 0
    const code = this.source.slice(this.#at + 2, this.#at + 2 + digits)
    this.#at += 2 + digits
    return digits === 0 ? (CONTROL_ESCAPES[unit] ?? unit) : String.fromCharCode(Number.parseInt(code, 16))
  }

  #class(): PatternNode {
    const from = this.#at
    this.#at++
    while (this.#at < this.source.length && this.source[this.#at] !== ']') {
      this.#at += this.source[this.#at] === '\\' ? 2 : 1
    }
    this.#at++
    const source = this.source.slice(from, this.#at)
    const members = this.#compiled(source)
    const beyondAscii = source.startsWith('[^') || /\\[DWSs]|[^\0-\x7f]|\\u/.test(source)
    return set((candidate) => members.test(candidate), beyondAscii)
  }

  #compiled(source: string): RegExp {
    try {
      return new RegExp(source)
    } catch {
      return this.#refuse('has a malformed character class')
    }
  }

  #refuse(why: string): never {
    throw new ConfigError(`The pattern of rule "${this.ruleId}" ${why}; bound every repetition, as in "{20,80}".`)
  }
}

function set(has: (candidate: string) => boolean, beyondAscii: boolean): PatternNode {
  const ascii = new Uint8Array(ASCII)
  for (let unit = 0; unit < ASCII; unit++) if (has(String.fromCharCode(unit))) ascii[unit] = 1
  return { type: 'set', ascii, beyondAscii }
}

const literal = (character: string): PatternNode =>
  set((candidate) => candidate === character, character.charCodeAt(0) >= ASCII)

function isVariable(node: PatternNode): boolean {
  switch (node.type) {
    case 'sequence':
      return node.parts.some(isVariable)
    case 'choice':
      return node.options.some(isVariable)
    case 'repeat':
      return node.least !== node.most || isVariable(node.part)
    default:
      return false
  }
}

interface EdgeRun {
  readonly length: number
  /** True when a match holds nothing else. */
  readonly isWhole: boolean
}

/** How many characters of a class every match begins with, at least. */
export function leadingRun(node: PatternNode, isMember: (unit: number) => boolean): EdgeRun {
  switch (node.type) {
    case 'assertion':
      return { length: 0, isWhole: true }
    case 'set': {
      const isWhole = !node.beyondAscii && node.ascii.every((included, unit) => included === 0 || isMember(unit))
      return { length: isWhole ? 1 : 0, isWhole }
    }
    case 'sequence': {
      let length = 0
      for (const part of node.parts) {
        const run = leadingRun(part, isMember)
        length += run.length
        if (!run.isWhole) return { length, isWhole: false }
      }
      return { length, isWhole: true }
    }
    case 'choice': {
      const runs = node.options.map((option) => leadingRun(option, isMember))
      return { length: Math.min(...runs.map((run) => run.length)), isWhole: runs.every((run) => run.isWhole) }
    }
    case 'repeat': {
      const run = leadingRun(node.part, isMember)
      if (run.isWhole) return { length: run.length * node.least, isWhole: true }
      return { length: node.least === 0 ? 0 : run.length, isWhole: false }
    }
  }
}
