import type { Authorizer } from '../access/authorizer.js'
import { type CedarOptions, openCedar } from '../access/policy/cedar.js'
import { type OpaOptions, openOpa } from '../access/policy/opa.js'
import { classesOf, type PolicyOptions } from './create-policy.js'

type WithRules = Pick<PolicyOptions, 'rules'>

/**
 * Policies in Cedar's language. The package `@cedar-policy/cedar-wasm` is loaded on use.
 * @throws DependencyError, ConfigError
 * @see docs/policy.md
 */
export function cedarAuthorizer(options: CedarOptions & WithRules): Promise<Authorizer> {
  return openCedar({ ...options, classes: classesOf(options) })
}

/**
 * Open Policy Agent over HTTP. What it does not answer as it should is denied.
 * @throws ConfigError
 * @see docs/policy.md
 */
export function opaAuthorizer(options: OpaOptions & WithRules): Authorizer {
  return openOpa({ ...options, classes: classesOf(options) })
}
