import {
  type Authorizer,
  cedarAuthorizer,
  createPolicy,
  type PolicyDefinition,
  type PolicyRule,
} from '../../../src/index.js'

/** The one that allows stands last by id, behind others about other people, agents, secrets and times. */
const OTHERS: readonly PolicyRule[] = Array.from({ length: 10 }, (_, i): readonly PolicyRule[] => [
  { id: `a${i}-people`, effect: 'allow', when: { sub: [`user-${i}`, `lead-${i}`], thread: `team-${i}-*` } },
  { id: `b${i}-agents`, effect: 'deny', when: { agent: `agent-${i}-*`, minSeverity: 'critical' } },
  { id: `c${i}-claims`, effect: 'allow', when: { claims: { role: `role-${i}` }, via: 'token', verb: 'claim' } },
  { id: `d${i}-secrets`, effect: 'deny', when: { rule: `provider-${i}-*`, channel: 'messages' } },
  {
    id: `e${i}-nights`,
    effect: 'approve',
    when: { sub: `night-${i}-*`, time: { from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' } },
    approval: { approvers: [`lead-${i}`] },
  },
]).flat()

const DEFINITION: PolicyDefinition = {
  rules: [
    ...OTHERS,
    { id: 'z-workers', effect: 'allow', when: { sub: 'bench*', verb: ['restore', 'claim'], mode: 'resume' } },
  ],
}

export const builtIn = (): Authorizer => createPolicy(DEFINITION, { environment: 'production' })

export const cedar = (): Promise<Authorizer> =>
  cedarAuthorizer({
    environment: 'production',
    policies: `
      @id("workers")
      permit(principal, action in [SecretSafe::Action::"restore", SecretSafe::Action::"claim"], resource)
      when { principal.via == "code" && context has channel };
      @id("agents")
      forbid(principal, action, resource)
      when { principal has act && resource is SecretSafe::Claim && (if resource has severity then resource.severity >= 4 else true) };
      @id("aws")
      forbid(principal, action, resource is SecretSafe::Claim)
      when { resource.rule like "aws-*" && principal.hasTag("role") };`,
  })
