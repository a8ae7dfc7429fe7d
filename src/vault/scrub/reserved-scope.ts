import { InputError } from '../../errors.js'

/** Scopes of this package's own, beside those of threads. A thread id never begins like this: it is a caller's to choose. */
const RESERVED = 'secret-safe:'

/** True for a scope that is not a thread's: no checkpoint has it. */
export const isReserved = (scopeId: string): boolean => scopeId.startsWith(RESERVED)

/** @throws InputError for the id of a scope that is not a thread's. */
export function requireThread(threadId: string): string {
  if (isReserved(threadId)) throw new InputError(`A thread id does not begin with "${RESERVED}".`)
  return threadId
}

/** Of one item of a store: what it holds ends with it, and is told apart from equal values of every other item. */
export const itemScope = (namespace: readonly string[], key: string): string => named('store', [...namespace, key])

/** What the scopes of all items below a namespace begin with. */
export const itemScopes = (namespace: readonly string[]): string => `${named('store', namespace)}/`
/** What `itemScope` was given. */
export function itemOf(scopeId: string): { readonly namespace: string[]; readonly key: string } {
  const names = scopeId.slice(itemScopes([]).length).split('/').map(decodeURIComponent)
  return { namespace: names.slice(0, -1), key: names.at(-1)! }
}
/** Of one namespace of a cache, which is what a cache can clear. */
export const cacheScope = (namespace: readonly string[]): string => named('cache', namespace)
/** What the scopes of all namespaces begin with. */
export const CACHE_SCOPES = cacheScope([])

/**
 * Readable, for policies and the ledger (`secret-safe:store/users/*`), and different for different names whatever they hold.
 * @throws InputError for half of a surrogate pair, which no store keeps as it is.
 */
function named(kind: string, names: readonly string[]): string {
  try {
    return RESERVED + [kind, ...names.map(encodeURIComponent)].join('/')
  } catch {
    throw new InputError('A namespace or key holds half of a surrogate pair: it cannot be stored as it is.')
  }
}
