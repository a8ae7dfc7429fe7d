/** How much of a line stands around the marker, at most: an opener before it, ids and a reason behind it. */
const MAX_BEFORE = 200
const MAX_BEHIND = 1_000
const MARKER = 'secret-safe:'
/** The opener of a comment in the languages that fixtures, configuration and documents are written in. */
const OPENER = /(?:\/\/|\/\*|<!--|--|[#;%])\s*$/
/** Prose and documentation write a placeholder in place of an id, and are no comment of ours. */
const REQUEST = /^\s*allow\s+(?![<…`"'$])/
const WELL_FORMED = /^\s*allow\s+([a-z0-9]+(?:-[a-z0-9]+)+(?:\s*,\s*[a-z0-9]+(?:-[a-z0-9]+)+)*)\s+--\s+(\S.*)$/

/** `secret-safe: allow <rule-id> -- reason`, in whatever comment. */
interface AllowComment {
  readonly line: number
  /** Nothing but the comment stands on its line, so it speaks for the next. */
  readonly standsAlone: boolean
  readonly ruleIds: ReadonlySet<string>
  readonly used: Set<string>
}

/** Finds the allow comments of a text that streams by, and says which findings they let stay. */
export class AllowComments {
  readonly #lineOf: (offset: number) => number
  readonly #byLine = new Map<number, AllowComment[]>()
  /** The end of what was pushed; a comment may go on in the next chunk. */
  #text = ''
  #offset = 0
  #from = 0
  /** Lines with a marker that is no comment of the right form. */
  readonly invalid: number[] = []

  /** @param lineOf of an offset that was pushed just now. */
  constructor(lineOf: (offset: number) => number) {
    this.#lineOf = lineOf
  }

  push(text: string): void {
    this.#text += text
    this.#read(false)
  }

  end(): void {
    this.#read(true)
  }

  /** True when a comment on a finding's first line, or ahead of it, allows its rule. */
  allows(ruleId: string, line: number): boolean {
    if (this.#byLine.size === 0) return false
    const own = (this.#byLine.get(line) ?? []).filter(({ standsAlone }) => !standsAlone)
    const ahead: AllowComment[] = []
    for (let above = line - 1; this.#standsAlone(above); above--) ahead.push(...this.#byLine.get(above)!)
    const comment = [...own, ...ahead].find(({ ruleIds }) => ruleIds.has(ruleId))
    comment?.used.add(ruleId)
    return comment !== undefined
  }

  /** Lines of comments that name a rule in vain. */
  get unused(): number[] {
    return [...this.#byLine.values()].flatMap((comments) =>
      comments.filter(({ ruleIds, used }) => used.size < ruleIds.size).map(({ line }) => line),
    )
  }

  #standsAlone(line: number): boolean {
    return this.#byLine.get(line)?.some(({ standsAlone }) => standsAlone) === true
  }

  #read(isLast: boolean): void {
    let keepFrom = Math.max(0, this.#text.length - MAX_BEFORE - MARKER.length)
    for (let at = this.#text.indexOf(MARKER, this.#from); at >= 0; at = this.#text.indexOf(MARKER, at + 1)) {
      const lineEnd = this.#text.indexOf('\n', at)
      const isWhole = isLast || (lineEnd >= 0 ? lineEnd : this.#text.length) - at >= MAX_BEHIND || lineEnd >= 0
      if (!isWhole) {
        keepFrom = Math.min(keepFrom, Math.max(0, at - MAX_BEFORE))
        break
      }
      this.#take(at, Math.min(lineEnd < 0 ? this.#text.length : lineEnd, at + MAX_BEHIND))
      this.#from = at + 1
    }
    this.#text = this.#text.slice(keepFrom)
    this.#offset += keepFrom
    this.#from = Math.max(0, this.#from - keepFrom)
  }

  #take(at: number, end: number): void {
    const lineStart = Math.max(this.#text.lastIndexOf('\n', at) + 1, at - MAX_BEFORE)
    const before = this.#text.slice(lineStart, at)
    const opener = OPENER.exec(before)
    const body = this.#text.slice(at + MARKER.length, end).replace(/\s*(?:-->|\*\/)?\s*$/, '')
    if (opener === null || !REQUEST.test(body)) return
    const line = this.#lineOf(this.#offset + at)
    const match = WELL_FORMED.exec(body)
    if (match === null) {
      this.invalid.push(line)
      return
    }
    const standsAlone = before.slice(0, opener.index).trim() === '' && at - lineStart < MAX_BEFORE
    const ruleIds = new Set(match[1]!.split(/\s*,\s*/))
    const others = this.#byLine.get(line) ?? []
    this.#byLine.set(line, [...others, { line, standsAlone, ruleIds, used: new Set() }])
  }
}
