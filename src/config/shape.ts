import { nearest } from './rule-ids.js'

/** A key, or an index, on the way from the root of a configuration to a value. */
export type KeyPath = readonly (string | number)[]

/** What is wrong, and where; `path` ends with an unknown key for `unknown`. */
export interface Problem {
  readonly path: KeyPath
  readonly message: string
}

export type Check = (value: unknown, path: KeyPath) => Problem | undefined

/** Keys that could only hold a credential: said plainly, before someone looks for the right spelling. */
const CREDENTIAL_KEY = /^(?:key|keys|kek|secret|secrets|password|passwd|token|credentials?|keysOld|secretSafeKey)$/i

export const section =
  (keys: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (!isRecord(value)) return expected('a mapping of keys to values', value, path)
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, key]
      const check = Object.hasOwn(keys, key) ? keys[key] : undefined
      if (check === undefined) return { path: at, message: unknownKey(key, Object.keys(keys)) }
      const problem = item === undefined ? undefined : check(item, at)
      if (problem !== undefined) return problem
    }
    return undefined
  }

export const recordOf =
  (checkKey: (key: string) => string | undefined, check: Check): Check =>
  (value, path) => {
    if (!isRecord(value)) return expected('a mapping of keys to values', value, path)
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, key]
      const message = checkKey(key)
      const problem = message === undefined ? check(item, at) : { path: at, message }
      if (problem !== undefined) return problem
    }
    return undefined
  }

export const listOf =
  (check: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return expected('a list', value, path)
    for (const [i, item] of value.entries()) {
      const problem = check(item, [...path, i])
      if (problem !== undefined) return problem
    }
    return undefined
  }

export const text: Check = (value, path) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : expected('a non-empty string', value, path)

export const positiveInteger: Check = (value, path) =>
  Number.isSafeInteger(value) && (value as number) > 0 ? undefined : expected('a whole number from 1', value, path)

export const oneOf =
  (...choices: readonly string[]): Check =>
  (value, path) =>
    typeof value === 'string' && choices.includes(value)
      ? undefined
      : expected(`one of ${choices.join(', ')}`, value, path)

export const either =
  (what: string, ...checks: readonly Check[]): Check =>
  (value, path) =>
    checks.some((check) => check(value, path) === undefined) ? undefined : expected(what, value, path)

/** A section of which some keys must be there. */
export const required =
  (names: readonly string[], check: Check): Check =>
  (value, path) => {
    const problem = check(value, path)
    if (problem !== undefined) return problem
    const missing = names.find((name) => (value as Record<string, unknown>)[name] === undefined)
    return missing === undefined ? undefined : { path, message: `needs "${missing}"` }
  }

/** Never quotes the value: a configuration may hold by mistake what it must not hold. */
export function expected(what: string, value: unknown, path: KeyPath): Problem {
  const type = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value
  const came = type === 'string' ? 'another string' : type === 'number' ? 'another number' : type
  return { path, message: `expected ${what}, got ${came}` }
}

function unknownKey(key: string, known: readonly string[]): string {
  if (CREDENTIAL_KEY.test(key)) {
    return 'a configuration file holds no keys and no secrets; set SECRET_SAFE_KEY or SECRET_SAFE_KEY_FILE in the environment'
  }
  const near = nearest(key, known)
  return `unknown key; known are ${known.join(', ')}${near === undefined ? '' : ` (did you mean "${near}"?)`}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
