import type { Cell } from '../row.js'

/** `INSERT INTO table (columns) VALUES (…), (…)`. */
export interface Insert {
  readonly table: string
  /** Undefined where the statement names none. */
  readonly columns: readonly string[] | undefined
  readonly rows: readonly (readonly Cell[])[]
}

const HEAD =
  /^\s*INSERT\s+(?:OR\s+\w+\s+)?INTO\s+((?:"(?:[^"]|"")*"|[\w$]+)(?:\.(?:"(?:[^"]|"")*"|[\w$]+))?)\s*(?:\(([^)]*)\))?\s*VALUES\s*/i
const WORD = /[\w$.+-]+/y
const CAST = /\s*::\s*[\w"[\]. ]+?(?=\s*[,)])/y

/** Undefined when a statement is not the kind of INSERT that dumps are made of. */
export function parseInsert(statement: string): Insert | undefined {
  const head = HEAD.exec(statement)
  if (head === null) return undefined
  const reader = new ValueReader(statement, head[0].length)
  const rows = reader.rows()
  if (rows === undefined) return undefined
  return { table: lastName(head[1]!), columns: head[2] === undefined ? undefined : names(head[2]), rows }
}

export function names(list: string): string[] {
  return [...list.matchAll(/"((?:[^"]|"")*)"|([\w$]+)/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare!,
  )
}

/** Without its schema. */
export function lastName(name: string): string {
  return names(name).at(-1) ?? name
}

/** The columns of a `CREATE TABLE`, and its table. */
export function parseCreate(
  statement: string,
): { readonly table: string; readonly columns: readonly string[] } | undefined {
  const head =
    /^\s*CREATE\s+(?:\w+\s+)*?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?((?:"(?:[^"]|"")*"|[\w$]+)(?:\.(?:"(?:[^"]|"")*"|[\w$]+))?)\s*\(/i.exec(
      statement,
    )
  if (head === null) return undefined
  const columns: string[] = []
  let depth = 0
  let from = head[0].length
  for (let i = from; i <= statement.length; i++) {
    const char = statement[i]
    if (char === '(') depth++
    if (depth === 0 && (char === ',' || char === ')' || char === undefined)) {
      const [name] = names(statement.slice(from, i))
      if (name !== undefined && !/^(?:PRIMARY|UNIQUE|CHECK|FOREIGN|CONSTRAINT|EXCLUDE)$/i.test(name)) columns.push(name)
      from = i + 1
      if (char !== ',') break
    } else if (char === ')') depth--
  }
  return { table: lastName(head[1]!), columns }
}

class ValueReader {
  readonly #text: string
  #at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.#at = at
  }

  rows(): Cell[][] | undefined {
    const rows: Cell[][] = []
    for (;;) {
      this.#blank()
      if (!this.#take('(')) return undefined
      const cells: Cell[] = []
      do {
        const cell = this.#value()
        if (cell === undefined) return undefined
        cells.push(cell)
        this.#blank()
      } while (this.#take(','))
      if (!this.#take(')')) return undefined
      rows.push(cells)
      this.#blank()
      if (!this.#take(',')) return rows
    }
  }

  #value(): Cell | undefined {
    this.#blank()
    const first = this.#text[this.#at]
    const next = this.#text[this.#at + 1]
    let cell: Cell | undefined
    if (first === "'") cell = fromHex(this.#string(false))
    else if (/[xX]/.test(first ?? '') && next === "'") {
      this.#at++
      cell = Buffer.from(this.#string(false), 'hex')
    } else if (/[eE]/.test(first ?? '') && next === "'") {
      this.#at++
      cell = fromHex(this.#string(true))
    } else cell = this.#word()
    CAST.lastIndex = this.#at
    if (CAST.test(this.#text)) this.#at = CAST.lastIndex
    return cell
  }

  /** A number, a keyword, or one of the calls by which SQLite's shell writes text with control characters. */
  #word(): Cell | undefined {
    WORD.lastIndex = this.#at
    const word = WORD.exec(this.#text)?.[0]
    if (word === undefined) return undefined
    this.#at += word.length
    if (!this.#take('(')) return /^null$/i.test(word) ? null : word
    const given: Cell[] = []
    do {
      const cell = this.#value()
      if (cell === undefined) return undefined
      given.push(cell)
      this.#blank()
    } while (this.#take(','))
    if (!this.#take(')')) return undefined
    return called(word.toLowerCase(), given)
  }

  #string(escapes: boolean): string {
    const parts: string[] = []
    let from = ++this.#at
    for (;;) {
      const char = this.#text[this.#at]
      if (char === undefined) break
      if (escapes && char === '\\') this.#at++
      else if (char === "'") {
        if (this.#text[this.#at + 1] !== "'") break
        parts.push(this.#text.slice(from, this.#at))
        from = ++this.#at
      }
      this.#at++
    }
    parts.push(this.#text.slice(from, this.#at))
    this.#at++
    const text = parts.join('')
    return escapes ? unescapeText(text) : text
  }

  #blank(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false
    this.#at++
    return true
  }
}

function called(name: string, given: readonly Cell[]): Cell {
  const [text, from, to] = given
  if (name === 'char') return String.fromCodePoint(...given.map(Number).filter((code) => code >= 0 && code <= 0x10ffff))
  if (name === 'replace' && typeof from === 'string' && typeof to === 'string' && from !== '')
    return String(text).replaceAll(from, to)
  if (name === 'unistr') {
    return String(text).replace(/\\(?:([0-9a-f]{4})|\+([0-9a-f]{6})|(\\))/gi, (_, four?: string, six?: string) =>
      four === undefined && six === undefined
        ? '\\'
        : String.fromCodePoint(Math.min(0x10ffff, Number.parseInt((four ?? six)!, 16))),
    )
  }
  return given.map(String).join(' ')
}

/** PostgreSQL's text for bytes. */
export function fromHex(text: string): string | Uint8Array {
  return text.startsWith('\\x') && /^(?:[0-9a-f]{2})*$/i.test(text.slice(2, 66)) && text.length % 2 === 0
    ? Buffer.from(text.slice(2), 'hex')
    : text
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Backslash escapes of COPY and of `E'…'`. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|([\s\S]))/gi,
    (_, hex?: string, octal?: string, char?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255)
      return ESCAPES[char!] ?? char!
    },
  )
}
