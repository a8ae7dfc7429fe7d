import { ConfigError } from '../errors.js'

/**
 * Refuses what could make a match unbounded or exponential: `*`, `+`, `{n,}`, back references, and a repeated group
 * that itself repeats a variable number of times.
 * @throws ConfigError naming the rule.
 */
export function assertBounded(ruleId: string, source: string): void {
  const groups: boolean[] = [false]
  let closed: boolean | undefined
  for (let i = 0; i < source.length; i++) {
    const unit = source[i]!
    if (unit === '\\') {
      if (/[1-9k]/.test(source[i + 1] ?? '')) refuse(ruleId, 'has a back reference')
      i++
      closed = undefined
    } else if (unit === '[') {
      i = endOfClass(source, i)
      closed = undefined
    } else if (unit === '(') {
      groups.push(false)
      closed = undefined
      if (source[i + 1] === '?') i = endOfGroupHead(source, i)
    } else if (unit === ')') {
      closed = groups.pop() ?? false
      if (closed && groups.length > 0) groups[groups.length - 1] = true
    } else {
      const quantifier = readQuantifier(ruleId, source, i)
      if (quantifier !== undefined) {
        if (closed === true && quantifier.most > 1) refuse(ruleId, 'repeats a group that repeats')
        if (quantifier.least !== quantifier.most && groups.length > 0) groups[groups.length - 1] = true
        i = quantifier.end
      }
      closed = undefined
    }
  }
}

function readQuantifier(ruleId: string, source: string, at: number) {
  const unit = source[at]
  if (unit === '*' || unit === '+') return refuse(ruleId, `has an unbounded "${unit}"`)
  if (unit === '?') return { least: 0, most: 1, end: at }
  if (unit !== '{') return undefined
  const match = /^\{(\d+)(,(\d*))?\}/.exec(source.slice(at, at + 16))
  if (match === null) return undefined
  const least = Number(match[1])
  if (match[2] !== undefined && match[3] === '') return refuse(ruleId, `has an unbounded "${match[0]}"`)
  const lazy = source[at + match[0].length] === '?' ? 1 : 0
  return { least, most: match[2] === undefined ? least : Number(match[3]), end: at + match[0].length - 1 + lazy }
}

function endOfClass(source: string, at: number): number {
  for (let i = at + 1; i < source.length; i++) {
    if (source[i] === '\\') i++
    else if (source[i] === ']') return i
  }
  return source.length
}

/** `(?:`, `(?=`, `(?!`, `(?<=`, `(?<!`, `(?<name>` */
function endOfGroupHead(source: string, at: number): number {
  const match = /^\(\?(?:[:=!]|<[=!]|<\w+>)/.exec(source.slice(at, at + 40))
  return match === null ? at : at + match[0].length - 1
}

function refuse(ruleId: string, why: string): never {
  throw new ConfigError(`The pattern of rule "${ruleId}" ${why}; bound every repetition, as in "{20,80}".`)
}
