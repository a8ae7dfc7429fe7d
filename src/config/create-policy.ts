import type { PolicyDefinition } from '../access/policy/definition.js'
import { Policy } from '../access/policy/policy.js'
import { SecretClasses } from '../access/policy/secret-class.js'
import type { Rule } from '../detect/types.js'
import { stockRules } from '../detect-entry.js'
import { ConfigError } from '../errors.js'
import { parseData } from './parse-file.js'
import { problemOfPolicy } from './policy-shape.js'
import { type ConfigSource, configError, secretProblem } from './source.js'

export interface PolicyOptions {
  /** Where this process runs, such as `production`, for conditions on it; unknown to them without it. */
  readonly environment?: string
  /** Detection rules, for conditions on what a secret is: the stock rules unless told. */
  readonly rules?: readonly Rule[]
}

/**
 * The built-in engine over rules given in code. `default: 'deny'` unless told.
 * @throws ConfigError that says where the definition is wrong and what was expected.
 * @see docs/policy.md
 */
export function createPolicy(definition: PolicyDefinition, options: PolicyOptions = {}): Policy {
  return compile(snapshot(definition), { name: 'the policy' }, options)
}

/**
 * The same over a YAML or JSON file that was read already.
 * @throws ConfigError that names file, line and column; it never quotes the file.
 */
export function policyOfText(file: string, content: string, options: PolicyOptions): Policy {
  const { value, source } = parseData(file, content)
  return compile(value, source, options)
}

/** @throws ConfigError */
export function definitionOf(value: unknown, source: ConfigSource): PolicyDefinition {
  const problem = problemOfPolicy(value) ?? secretProblem(value)
  if (problem !== undefined) throw configError(source, problem)
  return value as PolicyDefinition
}

export function classesOf({ rules = stockRules }: PolicyOptions): SecretClasses {
  return new SecretClasses(() => rules)
}

function compile(value: unknown, source: ConfigSource, options: PolicyOptions): Policy {
  const { environment } = options
  return new Policy(definitionOf(value, source), { environment, classes: classesOf(options) })
}

/** Whoever holds the definition cannot change the policy; accessors are read once. */
function snapshot(definition: unknown): unknown {
  try {
    return structuredClone(definition)
  } catch {
    throw new ConfigError('the policy: expected plain data, without functions.')
  }
}
