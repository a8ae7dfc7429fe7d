import type { AccessRequest, Verb } from '../../../src/access/authorizer.js'
import type { PolicyDefinition, PolicyRule } from '../../../src/access/policy/definition.js'
import type { Principal } from '../../../src/access/principal.js'
import { createPolicy, type PolicyOptions } from '../../../src/config/create-policy.js'

export const NOON = Date.parse('2026-06-17T12:00:00Z')

export interface RequestParts {
  readonly principal?: Principal
  readonly verb?: Verb
  readonly claim?: Partial<AccessRequest['claim']>
  readonly at?: Partial<AccessRequest['at']>
}

/** Alice restores a GitHub token of a thread, with everything known, unless told otherwise. */
export function request({
  principal = { sub: 'alice' },
  verb = 'restore',
  claim,
  at,
}: RequestParts = {}): AccessRequest {
  return {
    principal,
    verb,
    claim: {
      id: 'c'.repeat(22),
      tenant: 'default',
      threadId: 'thread-1',
      mode: 'resume',
      ruleId: 'github-token',
      allow: null,
      ...claim,
    },
    at: { now: NOON, runId: 'run-1', node: 'agent', channel: 'messages', ...at },
  }
}

/** As the vault asks about a thread and whatever comes into it later; with an empty thread id, about the tenant. */
export function wholeRequest({
  principal = { sub: 'alice' },
  verb = 'revoke',
  claim,
  at,
}: RequestParts = {}): AccessRequest {
  return {
    principal,
    verb,
    claim: { id: '*', tenant: 'default', threadId: 'thread-1', mode: 'resume', ruleId: '*', allow: null, ...claim },
    at: { now: NOON, ...at },
  }
}

const EVERYTHING: PolicyRule = { id: 'everything', effect: 'allow' }

export const policyOf = (
  rules: readonly PolicyRule[],
  more: Omit<PolicyDefinition, 'rules'> = {},
  options: PolicyOptions = {},
) => createPolicy({ rules, ...more }, options)

/** Whether the one rule fits: it allows, and nothing else does. */
export const allows = (when: PolicyRule['when'], parts: RequestParts = {}, options: PolicyOptions = {}): boolean =>
  policyOf([{ id: 'one', effect: 'allow', ...(when === undefined ? {} : { when }) }], {}, options).decide(
    request(parts),
  ).allowed

/** Whether the one rule fits: it forbids what everything else allows. */
export const denies = (when: PolicyRule['when'], asked: AccessRequest, options: PolicyOptions = {}): boolean =>
  policyOf([EVERYTHING, { id: 'one', effect: 'deny', ...(when === undefined ? {} : { when }) }], {}, options).decide(
    asked,
  ).forbidden === true
