import { asList, type Names } from './definition.js'

/** Longer ones are mistakes: what is matched is the name of a person, a workload, a thread or a rule. */
export const MAX_PATTERN_LENGTH = 256

export interface NamePatterns {
  matches(name: string): boolean
  /** True when one of them is `*` alone: whatever the name is, it fits. */
  readonly matchesAll: boolean
}

/**
 * Patterns in which `*` is any run of characters. A match takes time linear in the name, whatever the pattern: names
 * come from tokens and from callers, and one of a megabyte must not hold up a restore.
 */
export function namePatterns(names: Names): NamePatterns {
  const all = asList(names)
  const literals = new Set(all.filter((pattern) => !pattern.includes('*')))
  const globs = all.filter((pattern) => pattern.includes('*')).map(compileGlob)
  const matchesAll = all.some((pattern) => /^\*+$/.test(pattern))
  return {
    matches: matchesAll
      ? () => true
      : globs.length === 0
        ? (name) => literals.has(name)
        : (name) => literals.has(name) || globs.some((glob) => glob(name)),
    matchesAll,
  }
}

/**
 * Whether every name that fits `specific` fits `general`: only a `*` of `general` can take up a `*` of `specific`. May
 * say no where the answer is yes.
 */
export function patternCovers(general: string, specific: string): boolean {
  return namePatterns(general).matches(specific)
}

function compileGlob(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*')
  const prefix = parts[0]!
  const suffix = parts.at(-1)!
  const middle = parts
    .slice(1, -1)
    .filter((part) => part !== '')
    .map((part) => ({ part, borders: bordersOf(part) }))
  return (name) => {
    const end = name.length - suffix.length
    if (end < prefix.length || !name.startsWith(prefix) || !name.endsWith(suffix)) return false
    let at = prefix.length
    for (const { part, borders } of middle) {
      at = endOfFirst(name, part, borders, at, end)
      if (at === -1) return false
    }
    return true
  }
}

/** Where the first `part` in `name` from `start` up to `end` ends; -1 without one. Knuth, Morris and Pratt's. */
function endOfFirst(name: string, part: string, borders: Uint16Array, start: number, end: number): number {
  let matched = 0
  for (let i = start; i < end; i++) {
    const unit = name.charCodeAt(i)
    while (matched > 0 && part.charCodeAt(matched) !== unit) matched = borders[matched - 1]!
    if (part.charCodeAt(matched) === unit) matched += 1
    if (matched === part.length) return i + 1
  }
  return -1
}

/** For each beginning of `part`, the length of its longest proper beginning that is its end, too. */
function bordersOf(part: string): Uint16Array {
  const borders = new Uint16Array(part.length)
  let length = 0
  for (let i = 1; i < part.length; i++) {
    while (length > 0 && part[length] !== part[i]) length = borders[length - 1]!
    if (part[length] === part[i]) length += 1
    borders[i] = length
  }
  return borders
}
