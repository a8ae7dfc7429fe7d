import { FieldPaths } from '../detect/field-paths.js'
import { createDetector, stockRules } from '../detect-entry.js'
import { ConfigError } from '../errors.js'
import type { SecretSafeConfig } from './config.js'
import {
  either,
  expected,
  type KeyPath,
  listOf,
  oneOf,
  type Problem,
  positiveInteger,
  recordOf,
  section,
  text,
} from './shape.js'

const fieldPath = (value: unknown, path: KeyPath): Problem | undefined => {
  const what = 'a field path such as auth.token or users.*.apiKey'
  if (typeof value !== 'string') return expected(what, value, path)
  try {
    new FieldPaths([value])
    return undefined
  } catch {
    return expected(what, value, path)
  }
}

const address = (value: unknown, path: KeyPath): Problem | undefined =>
  text(value, path) ??
  (/^[a-z][a-z0-9+.-]+:\/\/[^/?#]*:[^/?#]*@|[?&]password=/i.test(value as string)
    ? {
        path,
        message: 'an address in a configuration file holds no password; set SECRET_SAFE_VAULT, or use PGPASSFILE',
      }
    : undefined)

/** The rest of a rule is checked where it is compiled. */
const rule = (value: unknown, path: KeyPath): Problem | undefined => {
  const { id, definition } = (value ?? {}) as { id?: unknown; definition?: unknown }
  const isRule = typeof id === 'string' && typeof definition === 'object' && definition !== null
  return isRule ? undefined : expected('a rule: { id, definition, … }', value, path)
}

const knownRule = (id: string): string | undefined =>
  stockRules.some((rule) => rule.id === id) ? undefined : 'there is no stock rule of this id; docs/rules.md lists them'

const isConfig = section({
  vault: section({
    address,
    tenant: text,
    maxTtlMs: positiveInteger,
    maxSecretBytes: positiveInteger,
    sweep: oneOf('auto', 'manual'),
  }),
  saver: section({
    fields: listOf(fieldPath),
    ttlMs: either("a whole number of milliseconds, or 'thread'", positiveInteger, oneOf('thread')),
    writes: oneOf('seal', 'report', 'off'),
    onSecretInKey: oneOf('throw', 'warn'),
    maxStateBytes: positiveInteger,
  }),
  detector: section({
    rules: recordOf(knownRule, oneOf('seal', 'report', 'ignore')),
    fields: listOf(fieldPath),
    extraRules: listOf(rule),
  }),
})

/** Where a configuration came from, for messages. */
export interface ConfigSource {
  readonly name: string
  /** The line of a key or value, where the format has lines. */
  lineOf?(path: KeyPath): number | undefined
}

/** @throws ConfigError that names the source, the key path and the line. */
export function validateConfig(value: unknown, source: ConfigSource): SecretSafeConfig {
  const problem = isConfig(value, []) ?? findSecret(value as SecretSafeConfig)
  if (problem !== undefined) throw configError(source, problem)
  return value as SecretSafeConfig
}

export function configError(source: ConfigSource, { path, message }: Problem): ConfigError {
  const line = source.lineOf?.(path)
  const where = line === undefined ? source.name : `${source.name}:${line}`
  return new ConfigError(`${where}: ${path.length === 0 ? '' : `${path.join('.')}: `}${message}.`)
}

/** Rules are data about secrets and are left out; everything else must be clean by the stock rules. */
function findSecret({ vault, saver, detector }: SecretSafeConfig): Problem | undefined {
  const { extraRules: _, ...rest } = detector ?? {}
  const finding = createDetector()
    .scanValue({ vault, saver, detector: rest })
    .find(({ action, confidence }) => action === 'seal' && (confidence === 'certain' || confidence === 'high'))
  if (finding === undefined) return undefined
  return { path: finding.path, message: `holds a secret by rule "${finding.ruleId}"; use the environment` }
}
