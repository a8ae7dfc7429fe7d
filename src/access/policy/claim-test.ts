import { asList, type ClaimConditions, type ClaimValue } from './definition.js'
import { namePatterns } from './name-patterns.js'

type ValueTest = (value: unknown) => boolean

/**
 * What a token must say. It is known in full: a claim that it does not hold is not there. Only own properties count, so
 * that a claim named `__proto__` or `constructor` is one like any other.
 */
export function compileClaims(conditions: ClaimConditions): ValueTest {
  const tests = Object.entries(conditions).map(([name, wanted]) => [name, compileClaim(name, wanted)] as const)
  return (claims) => {
    if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return false
    return tests.every(([name, test]) => Object.hasOwn(claims, name) && test((claims as Record<string, unknown>)[name]))
  }
}

function compileClaim(name: string, wanted: ClaimConditions[string]): ValueTest {
  if (typeof wanted === 'object' && !Array.isArray(wanted)) return compileClaims(wanted as ClaimConditions)
  const values = asList(wanted as ClaimValue | readonly ClaimValue[])
  const patterns = namePatterns(values.filter((value) => typeof value === 'string'))
  const others = new Set<unknown>(values.filter((value) => typeof value !== 'string'))
  const fits = (value: unknown) => (typeof value === 'string' ? patterns.matches(value) : others.has(value))
  return (value) => {
    if (Array.isArray(value)) return value.some(fits)
    // RFC 8693 §4.2: the one claim whose text is a list, separated by blanks.
    if (name === 'scope' && typeof value === 'string') return value.split(' ').some(fits)
    return fits(value)
  }
}
