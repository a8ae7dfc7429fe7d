import { randomUUID } from 'node:crypto'
import { ConfigError } from '../../errors.js'
import { missingPeer } from '../../load-optional.js'
import {
  type AccessRequest,
  type ApprovalRequirement,
  type Authorizer,
  type Decision,
  sameTenantAuthorizer,
} from '../authorizer.js'
import { mergeApprovals } from './approval.js'
import { type CedarPolicy, readCedarPolicies } from './cedar-policies.js'
import { type CedarEntity, Directory, toCedar } from './cedar-request.js'
import { CEDAR_SCHEMA } from './cedar-schema.js'
import type { SecretClasses } from './secret-class.js'
import { isTimeZone, WallClock } from './time-window.js'
import { UNAVAILABLE } from './unavailable.js'

export type Cedar = typeof import('@cedar-policy/cedar-wasm/nodejs')

export interface CedarOptions {
  /** Static policies in Cedar's own language. `@id("…")` names one in decisions. */
  readonly policies: string
  /** In place of the shipped schema (docs/schemas/secret-safe.cedarschema), which it has to extend. */
  readonly schema?: string
  /** Groups, and who is in them: `{ uid: { type: 'SecretSafe::Principal', id: 'alice' }, parents: […] }`. */
  readonly entities?: readonly CedarEntity[]
  readonly environment?: string
  /** For hour, minute and weekday; `UTC` unless told. */
  readonly timeZone?: string
}

const NO_PERMIT: Decision = Object.freeze({ allowed: false, reason: 'no policy permits it' })

/**
 * Cedar behind the same interface: policies are parsed and validated once and kept in the engine, so that a decision
 * only sends the request. A policy that fails while it is evaluated denies; Cedar itself would leave it out.
 * @throws DependencyError without `@cedar-policy/cedar-wasm`; ConfigError for policies that do not parse, do not fit the
 * schema, or are templates.
 */
export async function openCedar(options: CedarOptions & { readonly classes: SecretClasses }): Promise<Authorizer> {
  const { policies: text, schema = CEDAR_SCHEMA, entities = [], environment, timeZone = 'UTC', classes } = options
  const cedar: Cedar = await import('@cedar-policy/cedar-wasm/nodejs').catch(
    missingPeer('Cedar policies need the package @cedar-policy/cedar-wasm', 'npm install @cedar-policy/cedar-wasm'),
  )
  if (!isTimeZone(timeZone)) throw new ConfigError('timeZone is an IANA name, such as Europe/Berlin.')
  const policies = readCedarPolicies(cedar, text, schema)
  checkEntities(cedar, entities, schema)
  const preparsedPolicySetId = randomUUID()
  const staticPolicies = Object.fromEntries([...policies].map(([id, policy]) => [id, policy.text]))
  if (cedar.preparsePolicySet(preparsedPolicySetId, { staticPolicies }).type !== 'success')
    throw new ConfigError('The Cedar policies cannot be loaded.')
  const context = { environment, classes, clock: new WallClock(timeZone), directory: new Directory(entities) }
  const ask = (request: AccessRequest): Decision => {
    const call = { ...toCedar(request, context), preparsedPolicySetId }
    const answer = cedar.statefulIsAuthorized(call as never)
    if (answer.type !== 'success') return UNAVAILABLE
    const { decision, diagnostics } = answer.response
    return diagnostics.errors.length > 0 ? UNAVAILABLE : decisionOf(decision, diagnostics.reason, policies)
  }
  return {
    decide(request) {
      try {
        const base = sameTenantAuthorizer.decide(request)
        if (base.forbidden === true) return base
        const decision = ask(request)
        if (base.allowed || decision.forbidden === true || !decision.allowed) return decision
        // A grant may lift an allow list, but does not stand in for an approval.
        return decision.approval === undefined ? base : { ...base, forbidden: true }
      } catch {
        return UNAVAILABLE
      }
    },
  }
}

function decisionOf(
  decision: 'allow' | 'deny',
  reasons: readonly string[],
  policies: ReadonlyMap<string, CedarPolicy>,
): Decision {
  const ids = reasons.toSorted()
  if (decision === 'deny') {
    if (ids.length === 0) return NO_PERMIT
    return { allowed: false, reason: 'a policy forbids it', rule: ids[0]!, forbidden: true }
  }
  const asking = ids.filter((id) => policies.get(id)!.approval !== undefined)
  if (asking.length === 0) return { allowed: true, reason: 'a policy permits it', rule: ids[0]! }
  const rule = asking.join(' + ')
  const approval = mergeApprovals(asking.map((id) => policies.get(id)!.approval as ApprovalRequirement))
  return approval === null
    ? { allowed: false, reason: 'no one may approve for all of the policies that ask for it', rule, forbidden: true }
    : { allowed: true, reason: 'needs approval', rule, approval }
}

function checkEntities(cedar: Cedar, given: readonly CedarEntity[], schema: string): void {
  // A principal's own attributes come with each request.
  const entities = given
    .filter(({ uid }) => uid.type !== 'SecretSafe::Principal')
    .map(({ uid, attrs = {}, parents = [] }) => ({ uid, attrs, parents }))
  if (cedar.checkParseEntities({ entities: entities as never, schema }).type !== 'success')
    throw new ConfigError('The entities do not fit the Cedar schema.')
}
