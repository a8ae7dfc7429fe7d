import type { Policy } from '../access/policy/policy.js'
import type { SecretSafeConfig } from './config.js'
import { createPolicy } from './create-policy.js'
import { rulesOf } from './detector-of.js'
import { type PolicyFile, policyFromFile } from './policy-file.js'

type Env = Readonly<Record<string, string | undefined>>

/**
 * The policy that a configuration describes; undefined when it describes none. Of a file, it is read again when it
 * changes.
 * @throws ConfigError
 */
export function policyOf(config: SecretSafeConfig, env: Env = process.env): Policy | PolicyFile | undefined {
  if (config.policy === undefined) return undefined
  const options = policyOptionsOf(config, env)
  if (config.policy.file !== undefined) return policyFromFile(config.policy.file, options)
  const { environment: _asOption, file: _none, ...definition } = config.policy
  return createPolicy(definition, options)
}

/** An environment variable goes before the configuration. */
export function policyOptionsOf(config: SecretSafeConfig, env: Env = process.env) {
  const environment = env.SECRET_SAFE_ENVIRONMENT?.trim() || config.policy?.environment
  return { rules: rulesOf(config), ...(environment === undefined ? {} : { environment }) }
}
