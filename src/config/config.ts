import type { PolicyDefinition } from '../access/policy/definition.js'
import type { AllowEntry } from '../detect/allow-entry.js'
import type { Rule, RuleAction, SecretKind } from '../detect/types.js'
import type { CustomRule } from './custom-rule.js'

/**
 * What `secret-safe.config.{ts,js,mjs,yml,yaml,json}` may say. Read alike by `secretSafe` and the command, so that what
 * one of them allows, the other does not seal. Keys and passwords have no place in it.
 */
export interface SecretSafeConfig {
  readonly vault?: {
    /** `sqlite:path`, a path, `postgres://…` or `redis://…` without a password. A path is relative to the configuration file. */
    readonly address?: string
    /**
     * Addresses of key providers, separated by blanks: `env`, `awskms:<ARN>`, `transit+https://host/<mount>/<key>`,
     * `pkcs11:…`. The first wraps, all unwrap. `env` unless told: the key of `SECRET_SAFE_KEY`.
     */
    readonly keys?: string
    /** As `address`, for branch keys in a store of their own, so that backups of claims hold no keys. */
    readonly keyStore?: string
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
    /** By channel, `*` for all others: `handles` leaves claim URLs when state is loaded, for `useSecret`. */
    readonly channels?: Readonly<Record<string, 'values' | 'handles'>>
    readonly maxStateBytes?: number
  }
  readonly detector?: {
    /** What to do with a rule's findings, by rule id. */
    readonly rules?: Readonly<Record<string, RuleAction>>
    /** The same for all rules of a kind that are not named in `rules`, such as `{ test: report }`. */
    readonly kinds?: Readonly<Partial<Record<SecretKind, RuleAction>>>
    /** As `saver.fields`, for everything that reads this file. */
    readonly fields?: readonly string[]
    /** Rules of your own as data, added to the stock rules. Their patterns run in linear time. */
    readonly customRules?: readonly CustomRule[]
    /** Rules of your own as code, with a `validate` function where they need one. Only in a `ts`, `js` or `mjs` file. */
    readonly extraRules?: readonly Rule[]
    /** Findings that may stay, each with a reason. What an application marks is never allowed. */
    readonly allow?: readonly AllowEntry[]
  }
  /** Who may do what with claims: the rules, or the file that holds them, which is read again when it changes. */
  readonly policy?: PolicyConfig
}

export type PolicyConfig =
  | (PolicyDefinition & { readonly file?: undefined } & PolicyEnvironment)
  /** A path is relative to the configuration file. */
  | ({ readonly file: string } & PolicyEnvironment)

interface PolicyEnvironment {
  /** For conditions on it, such as `production`; `SECRET_SAFE_ENVIRONMENT` goes before it. */
  readonly environment?: string
}

/** Types a configuration file: `export default defineConfig({ … })`. */
export function defineConfig(config: SecretSafeConfig): SecretSafeConfig {
  return config
}
