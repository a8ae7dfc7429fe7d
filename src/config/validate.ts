import { endOf } from '../detect/allow-entry.js'
import { FieldPaths } from '../detect/field-paths.js'
import { stockRules } from '../detect-entry.js'
import type { SecretSafeConfig } from './config.js'
import { isFingerprint } from './fingerprint.js'
import { policySection } from './policy-shape.js'
import { isReservedId } from './rule-ids.js'
import { problemOfRules, warningsOf, warnOnce } from './rule-problems.js'
import {
  either,
  expected,
  type KeyPath,
  listOf,
  oneOf,
  type Problem,
  positiveInteger,
  recordOf,
  required,
  section,
  text,
} from './shape.js'
import { type ConfigSource, configError, placed, secretProblem } from './source.js'

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

/** The rest of an address is checked where it is opened. */
const keyAddress = (value: unknown, path: KeyPath): Problem | undefined =>
  text(value, path) ??
  (/pin-value=|:\/\/[^/?#\s]*@/i.test(value as string)
    ? { path, message: 'an address in a configuration file holds no PIN and no password; use the environment' }
    : undefined)

/** The rest of a rule is checked where it is compiled. */
const rule = (value: unknown, path: KeyPath): Problem | undefined => {
  const { id, definition } = (value ?? {}) as { id?: unknown; definition?: unknown }
  const isRule = typeof id === 'string' && typeof definition === 'object' && definition !== null
  return isRule ? undefined : expected('a rule: { id, definition, … }', value, path)
}

const boolean = (value: unknown, path: KeyPath): Problem | undefined =>
  typeof value === 'boolean' ? undefined : expected('true or false', value, path)

const entropy = (value: unknown, path: KeyPath): Problem | undefined =>
  typeof value === 'number' && value > 0 && value <= 8
    ? undefined
    : expected('bits for each character, from 0 to 8', value, path)

const ruleId = (value: unknown, path: KeyPath): Problem | undefined => {
  if (typeof value !== 'string' || !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(value)) {
    return expected('an id such as acme-api-key, in lower case with hyphens', value, path)
  }
  const isTaken = isReservedId(value) || stockRules.some(({ id }) => id === value)
  return isTaken
    ? { path, message: 'a stock rule has this id; take another, or change its action under rules' }
    : undefined
}

const date = (value: unknown, path: KeyPath): Problem | undefined =>
  typeof value === 'string' && endOf(value) !== undefined
    ? undefined
    : expected('a date such as 2027-01-31', value, path)

const fingerprint = (value: unknown, path: KeyPath): Problem | undefined =>
  typeof value === 'string' && isFingerprint(value)
    ? undefined
    : expected('a fingerprint as "secret-safe fingerprint" prints it', value, path)

const action = oneOf('seal', 'report', 'ignore')
const boundary = oneOf('token', 'word', 'none')

const customRule = required(
  ['id', 'pattern', 'examples'],
  section({
    id: ruleId,
    title: text,
    pattern: text,
    anchors: listOf(text),
    caseInsensitive: boolean,
    keys: listOf(text),
    near: listOf(text),
    severity: oneOf('critical', 'high', 'medium', 'low'),
    confidence: oneOf('certain', 'high', 'medium', 'low'),
    kind: oneOf('private', 'publishable', 'test', 'identifier'),
    action,
    minEntropy: entropy,
    maxLength: positiveInteger,
    leftBoundary: boundary,
    rightBoundary: boundary,
    examples: listOf(text),
    nonExamples: listOf(text),
  }),
)

const allowEntry = required(
  ['reason'],
  section({ rule: text, path: fieldPath, pattern: text, fingerprint, reason: text, until: date }),
)

const isConfig = section({
  vault: section({
    address,
    keys: keyAddress,
    keyStore: address,
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
    channels: recordOf(() => undefined, oneOf('values', 'handles')),
    maxStateBytes: positiveInteger,
  }),
  detector: section({
    rules: recordOf(() => undefined, action),
    kinds: section({ private: action, publishable: action, test: action, identifier: action }),
    fields: listOf(fieldPath),
    customRules: listOf(customRule),
    extraRules: listOf(rule),
    allow: listOf(allowEntry),
  }),
  policy: policySection,
})

/** @throws ConfigError that names the source, the key path and the line. */
export function validateConfig(value: unknown, source: ConfigSource): SecretSafeConfig {
  const config = value as SecretSafeConfig
  const problem = isConfig(value, []) ?? problemOfRules(config) ?? findSecret(config)
  if (problem !== undefined) throw configError(source, problem)
  for (const { path, message } of warningsOf(config)) {
    warnOnce(placed(source, { path, message }))
  }
  return config
}

/** Rules are data about secrets and are left out; everything else must be clean by the stock rules. */
function findSecret({ vault, saver, detector, policy }: SecretSafeConfig): Problem | undefined {
  const { extraRules: _code, customRules: _data, ...rest } = detector ?? {}
  return secretProblem({ vault, saver, detector: rest, policy })
}
