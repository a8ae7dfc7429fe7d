const MAX_NAME = 64
const VALUE_LENGTH = 5
const VALUE = /^[vV]alue$/
/** What stands beside a `value` and names it better than the field around both. */
const NAMES_VALUE = ['name', 'key', 'field', 'variable', 'header', 'env', 'Name', 'Key']
/** RFC 7518 §6: the private parameters, for each type of key. */
const PRIVATE_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  RSA: ['d', 'p', 'q', 'dp', 'dq', 'qi'],
  EC: ['d'],
  OKP: ['d'],
  oct: ['k'],
}
/** The name of a private parameter of a JSON Web Key, whose own is a letter. */
export const JWK_PRIVATE_KEY = 'jwk_private_key'

const OPTION = /^--[A-Za-z][\w-]{1,62}$/
const HEADER = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?[a-z-]{0,40}(?:key|token|secret))$/i
const NAME = /^[A-Za-z][A-Za-z0-9]{0,30}(?:[_-][A-Za-z0-9]{1,30}){1,6}$/

/** False for all but a few names, so that a walk asks no more. */
export const mayBorrowName = (key: string): boolean => key.length <= VALUE_LENGTH

/**
 * The name that speaks for a field's value: its own, or where that is a letter of a JSON Web Key or just `value`, what the
 * object says.
 * @param outer nearest field name around the object.
 * @param read what the object holds under a name.
 */
export function nameOfField(key: string, outer: string | undefined, read: (name: string) => unknown): string {
  if (key.length <= 2) {
    const type = read('kty')
    return typeof type === 'string' && isPrivateParameter(type, key) ? JWK_PRIVATE_KEY : key
  }
  if (key.length !== VALUE_LENGTH || outer === undefined || !VALUE.test(key)) return key
  return NAMES_VALUE.some((name) => typeof read(name) === 'string') ? key : outer
}

const isPrivateParameter = (type: string, key: string): boolean =>
  Object.hasOwn(PRIVATE_PARAMETERS, type) && PRIVATE_PARAMETERS[type]!.includes(key)

/**
 * The name that speaks for an item of a list: that of the list, or what stands ahead of it in a command's arguments
 * (`['--token', '…']`), in a pair (`['x-api-key', '…']`), and in Node's raw headers, in which names and values take turns.
 */
export function nameOfItem(
  item: string,
  index: number,
  length: number,
  before: unknown,
  outer: string | undefined,
): string | undefined {
  if (typeof before !== 'string' || before.length > MAX_NAME || before.length < 3 || item.startsWith('--')) return outer
  if (OPTION.test(before)) return before.slice(2)
  if (index % 2 === 1 && (HEADER.test(before) || (length === 2 && NAME.test(before)))) return before
  return outer
}
