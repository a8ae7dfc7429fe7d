import type { Rule, RuleAction } from '../detect/types.js'

/**
 * What `secret-safe.config.{ts,js,mjs,yml,yaml,json}` may say. Read alike by `secretSafe` and the command, so that what
 * one of them allows, the other does not seal. Keys and passwords have no place in it.
 */
export interface SecretSafeConfig {
  readonly vault?: {
    /** `sqlite:path`, a path, or `postgres://…` without a password. A path is relative to the configuration file. */
    readonly address?: string
    /** `'default'` unless told. */
    readonly tenant?: string
    /** The hard cap on every claim's life, in ms. */
    readonly maxTtlMs?: number
    readonly maxSecretBytes?: number
    readonly sweep?: 'auto' | 'manual'
  }
  readonly saver?: {
    /** Fields whose value is a secret whatever it looks like, such as `auth.token`; `*` is any one name. */
    readonly fields?: readonly string[]
    /** Sliding lifetime in ms, or `'thread'` until `deleteThread`. */
    readonly ttlMs?: number | 'thread'
    readonly writes?: 'seal' | 'report' | 'off'
    readonly onSecretInKey?: 'throw' | 'warn'
    readonly maxStateBytes?: number
  }
  readonly detector?: {
    /** What to do with a stock rule's findings, by rule id. */
    readonly rules?: Readonly<Record<string, RuleAction>>
    /** As `saver.fields`, for everything that reads this file. */
    readonly fields?: readonly string[]
    /** Rules of your own, added to the stock rules. Only in a `ts`, `js` or `mjs` file. */
    readonly extraRules?: readonly Rule[]
  }
}

/** Types a configuration file: `export default defineConfig({ … })`. */
export function defineConfig(config: SecretSafeConfig): SecretSafeConfig {
  return config
}
