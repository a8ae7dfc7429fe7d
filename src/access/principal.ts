import { AsyncLocalStorage } from 'node:async_hooks'
import { InputError } from '../errors.js'

/** Who asks. Comes from code that you trust or from a verified token, never from `configurable`. */
export interface Principal {
  /** The user or workload. */
  readonly sub: string
  /** The agent acting for `sub` (RFC 8693). */
  readonly act?: string
  /** The vault's tenant unless told. */
  readonly tenant?: string
  /** The run that it was issued for, where a token says so: it is used in no other. */
  readonly runId?: string
  /** What the token says beside that, for policies. Values are never recorded. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** How it was established; set by whoever did. `code` unless told. */
  readonly via?: 'code' | 'token' | 'platform'
}

// Shared by the ESM and the CJS copy of this package, which may both be loaded in one process.
const STORAGE = Symbol.for('langgraph-secret-safe.principal')
const holder = globalThis as { [STORAGE]?: AsyncLocalStorage<Principal> }
holder[STORAGE] ??= new AsyncLocalStorage<Principal>()
const storage = holder[STORAGE]

/**
 * Runs `fn` as `principal`: every read below it, across awaits, restores for that principal and no other.
 * It goes before `saver.as` and the constructor's principal.
 * @throws InputError if the principal has no `sub`.
 */
export function runAs<T>(principal: Principal, fn: () => T): T {
  return storage.run(checkPrincipal(principal), fn)
}

/** The principal of the async context; undefined outside `runAs`. */
export function currentPrincipal(): Principal | undefined {
  return storage.getStore()
}

/** A subject of this package's own, which can only end claims. */
const RESERVED = 'system:'

/**
 * @throws InputError unless `sub` is a non-empty string, `act`, `tenant` and `runId` are strings where given, and neither
 * `sub` nor `act` is one of this package's own.
 */
export function checkPrincipal(principal: Principal): Principal {
  const valid =
    typeof principal === 'object' &&
    principal !== null &&
    typeof principal.sub === 'string' &&
    principal.sub !== '' &&
    !principal.sub.startsWith(RESERVED) &&
    isName(principal.act) &&
    principal.act?.startsWith(RESERVED) !== true &&
    isName(principal.tenant) &&
    isName(principal.runId) &&
    (principal.claims === undefined || (typeof principal.claims === 'object' && principal.claims !== null))
  if (!valid) {
    throw new InputError(
      'A principal is { sub, act?, tenant?, runId?, claims? } with a non-empty sub; neither sub nor act begins with "system:".',
    )
  }
  return principal
}

const isName = (name: unknown): boolean => name === undefined || typeof name === 'string'
