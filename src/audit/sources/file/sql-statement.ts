/** Where in a statement a line has ended. */
type Within = 'code' | 'string' | 'escaped-string' | 'name' | 'comment' | 'dollar'

/** Tells where statements end, line by line: a semicolon in a string, a name or a comment does not end one. */
export class StatementEnd {
  #within: Within = 'code'
  #tag = ''

  /** True when the statement is complete with this line. */
  push(line: string): boolean {
    let ended = false
    for (let i = 0; i < line.length; i++) {
      const char = line[i]!
      const next = line[i + 1]
      switch (this.#within) {
        case 'code':
          if (char === '-' && next === '-') return ended
          if (char === '/' && next === '*') {
            this.#within = 'comment'
            i++
          } else if (char === "'")
            this.#within = /[eE]/.test(line[i - 1] ?? '') && !/\w/.test(line[i - 2] ?? '') ? 'escaped-string' : 'string'
          else if (char === '"') this.#within = 'name'
          else if (char === '$' && this.#beginsDollar(line, i)) i += this.#tag.length - 1
          else if (char === ';') ended = true
          else if (char > ' ') ended = false
          break
        case 'escaped-string':
          if (char === '\\') i++
          else if (char === "'") this.#within = 'code'
          break
        case 'string':
          if (char === "'") this.#within = 'code'
          break
        case 'name':
          if (char === '"') this.#within = 'code'
          break
        case 'comment':
          if (char === '*' && next === '/') {
            this.#within = 'code'
            i++
          }
          break
        case 'dollar':
          if (char === '$' && line.startsWith(this.#tag, i)) {
            this.#within = 'code'
            i += this.#tag.length - 1
          }
      }
    }
    return ended && this.#within === 'code'
  }

  #beginsDollar(line: string, at: number): boolean {
    const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(line.slice(at, at + 66))?.[0]
    if (tag === undefined || /\w/.test(line[at - 1] ?? '')) return false
    this.#within = 'dollar'
    this.#tag = tag
    return true
  }

  reset(): void {
    this.#within = 'code'
  }
}
