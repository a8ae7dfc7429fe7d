import { Identities } from '../access/identity/identities.js'
import type { PlatformAuth } from '../access/identity/platform-auth.js'
import type { TokenVerifier } from '../access/identity/token-verifier.js'
import { checkPrincipal, type Principal } from '../access/principal.js'
import type { Detector } from '../detect/detector.js'
import { FieldPaths } from '../detect/field-paths.js'
import { createDetector } from '../detect-entry.js'
import { ConfigError, type IdentityError, type IdentityUnavailableError, UnresolvedClaimError } from '../errors.js'
import { DAY_MS } from '../vault/claim-row.js'
import { type ChannelMode, ChannelModes } from './channel-modes.js'
import type { VaultSource } from './opened-vault.js'
import type { Unresolved } from './reveal.js'

const DEFAULT_TTL_MS = 30 * DAY_MS
const DEFAULT_MAX_STATE_BYTES = 256 * 1024 * 1024

export interface SecretSafeSaverOptions {
  /** An opened vault, or a function that opens one on first use. */
  readonly vault: VaultSource
  /**
   * For whom reads restore: a principal, a function asked at each read, or null for "leave URLs, still scrub".
   * `runAs` and `saver.as` go before it. For nobody where `identity` or `platform` is given.
   */
  readonly principal: Principal | (() => Principal | undefined) | null
  /** Verifies the token that a call brings in `configurable` under `TOKEN_KEY`, such as a `jwtVerifier`. */
  readonly identity?: TokenVerifier
  /** Trusts the user that a platform has put into `configurable`, by `platformAuth`. */
  readonly platform?: PlatformAuth
  /** Told why who asks was refused. The call goes on for nobody: it restores nothing, and writes as before. */
  readonly onIdentityError?: (error: IdentityError | IdentityUnavailableError) => void
  /** The stock rules unless told. */
  readonly detector?: Detector
  /** Fields whose value is a secret whatever it looks like, such as `auth.token`; `*` is any one name. */
  readonly fields?: readonly string[]
  /** Sliding lifetime in ms from the thread's last use, or `'thread'` until `deleteThread`. 30 days unless told. */
  readonly ttlMs?: number | 'thread'
  /** Ends a claim with the credential that it holds, where that says when; false unless told. */
  readonly boundByCredential?: boolean
  /** `seal` unless told; `report` stores as before and warns; `off` only restores. For a rollout. */
  readonly writes?: 'seal' | 'report' | 'off'
  /**
   * By channel, `*` for all others: `values` restores claims when state is loaded, and is what is done unless told; `handles`
   * leaves their URLs, for `useSecret`. Counts for the channel's field inside input, Send arguments, updates and interrupts too.
   */
  readonly channels?: Readonly<Record<string, ChannelMode>>
  /**
   * What stands in place of a claim that is not restored: its URL (`keep`), an error (`throw`), or what a function answers.
   * `interrupt` and `refresh` keep the URL, too, and say what `useSecret` does with it: it interrupts the graph and tries again
   * once that is resumed; it asks the vault's `refresh` for a fresh credential in place of an expired one.
   */
  readonly onUnresolved?: UnresolvedMode | ((unresolved: Unresolved) => string | undefined)
  /** A thread id, task id or channel name that is a secret for certain: refuse it, or warn. Names are stored as they are. */
  readonly onSecretInKey?: 'throw' | 'warn'
  /** Larger calls are refused with `LimitError`; 256 MiB of text unless told. */
  readonly maxStateBytes?: number
}

export type UnresolvedMode = 'keep' | 'throw' | 'interrupt' | 'refresh'

export interface ResolvedOptions {
  readonly vault: VaultSource
  readonly identities: Identities
  readonly detector: Detector
  readonly fields: readonly FieldPaths[]
  readonly ttlMs: number | null
  readonly boundByCredential: boolean
  readonly writes: 'seal' | 'report' | 'off'
  readonly channels: ChannelModes
  readonly onUnresolved: (unresolved: Unresolved) => string | undefined
  /** What `useSecret` does with a claim that it cannot have. */
  readonly unresolvedUse: Exclude<UnresolvedMode, 'keep'>
  readonly onSecretInKey: 'throw' | 'warn'
  readonly maxStateBytes: number
}

/** @throws ConfigError */
export function resolveOptions(options: SecretSafeSaverOptions, name = 'SecretSafeSaver'): ResolvedOptions {
  if (typeof options !== 'object' || options === null || !options.vault) {
    throw new ConfigError(`${name} needs { vault, principal }.`)
  }
  if (options.principal === undefined) {
    throw new ConfigError(`${name} needs a principal; null says "leave URLs in what is read, still scrub".`)
  }
  if (typeof options.principal === 'object' && options.principal !== null) checkPrincipal(options.principal)
  const detector = options.detector ?? stockDetector()
  const { ttlMs = DEFAULT_TTL_MS, writes = 'seal', onSecretInKey = 'throw' } = options
  if (ttlMs !== 'thread' && !(Number.isSafeInteger(ttlMs) && ttlMs > 0)) {
    throw new ConfigError("ttlMs is a whole number of milliseconds, or 'thread'.")
  }
  if (!['seal', 'report', 'off'].includes(writes)) throw new ConfigError("writes is 'seal', 'report' or 'off'.")
  if (!['throw', 'warn'].includes(onSecretInKey)) throw new ConfigError("onSecretInKey is 'throw' or 'warn'.")
  return {
    vault: options.vault,
    identities: new Identities({
      verifier: options.identity,
      platform: options.platform,
      configured: options.principal,
      onRefused: options.onIdentityError ?? (() => undefined),
    }),
    detector,
    fields: [detector.fields, new FieldPaths(options.fields ?? [])],
    ttlMs: ttlMs === 'thread' ? null : ttlMs,
    boundByCredential: options.boundByCredential === true,
    writes,
    channels: new ChannelModes(options.channels),
    onUnresolved: unresolvedHandler(options.onUnresolved ?? 'keep'),
    unresolvedUse: unresolvedUse(options.onUnresolved),
    onSecretInKey,
    maxStateBytes: options.maxStateBytes ?? DEFAULT_MAX_STATE_BYTES,
  }
}

function unresolvedHandler(
  option: NonNullable<SecretSafeSaverOptions['onUnresolved']>,
): ResolvedOptions['onUnresolved'] {
  if (typeof option === 'function') {
    // A promise or an object has no place inside a text.
    return (unresolved) => {
      const answer: unknown = option(unresolved)
      return typeof answer === 'string' ? answer : undefined
    }
  }
  if (option === 'throw') {
    return ({ reason }) => {
      throw new UnresolvedClaimError(reason)
    }
  }
  if (!['keep', 'interrupt', 'refresh'].includes(option))
    throw new ConfigError("onUnresolved is 'keep', 'throw', 'interrupt', 'refresh' or a function.")
  return () => undefined
}

const unresolvedUse = (option: SecretSafeSaverOptions['onUnresolved']): ResolvedOptions['unresolvedUse'] =>
  option === 'interrupt' || option === 'refresh' ? option : 'throw'

let stock: Detector | undefined

/** Built once for a process: its automaton takes a few milliseconds. */
function stockDetector(): Detector {
  stock ??= createDetector()
  return stock
}
