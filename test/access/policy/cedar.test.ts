import { describe, expect, it } from 'vitest'
import { type CedarOptions, cedarAuthorizer } from '../../../src/index.js'
import { type RequestParts, request, wholeRequest } from './requests.js'

const open = (policies: string, more: Partial<CedarOptions> = {}) => cedarAuthorizer({ policies, ...more })
const decide = async (policies: string, parts: RequestParts = {}, more: Partial<CedarOptions> = {}) =>
  (await open(policies, more)).decide(request(parts))

const ALL = 'permit(principal, action, resource);'
const UNAVAILABLE = { allowed: false, reason: 'policy unavailable', forbidden: true }

async function refused(policies: string, more: Partial<CedarOptions> = {}): Promise<string> {
  const error = await open(policies, more).catch((caught) => caught)
  expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID' })
  return error.message
}

describe('Cedar', () => {
  it('permits, denies by default, and forbids over every permit', async () => {
    expect(await decide(`@id("all") ${ALL}`)).toEqual({ allowed: true, reason: 'a policy permits it', rule: 'all' })
    expect(await decide('permit(principal == SecretSafe::Principal::"bob", action, resource);')).toEqual({
      allowed: false,
      reason: 'no policy permits it',
    })
    const both = `${ALL} @id("no") forbid(principal, action, resource) when { principal has act };`
    expect(await decide(both, { principal: { sub: 'alice', act: 'bot' } })).toEqual({
      allowed: false,
      reason: 'a policy forbids it',
      rule: 'no',
      forbidden: true,
    })
  })

  it.each<[string, RequestParts, boolean]>([
    ['principal.via == "code"', {}, true],
    [
      'principal.hasTag("role") && principal.getTag("role").contains("admin")',
      { principal: { sub: 'a', claims: { role: ['dev', 'admin'] } } },
      true,
    ],
    [
      'principal.hasTag("scope") && principal.getTag("scope").contains("b")',
      { principal: { sub: 'a', claims: { scope: 'a b' } } },
      true,
    ],
    [
      'principal.hasTag("level") && principal.getTag("level").contains("3")',
      { principal: { sub: 'a', claims: { level: 3 } } },
      true,
    ],
    [
      'principal.hasTag("nested")',
      { principal: { sub: 'a', claims: { nested: { __entity: { type: 'X', id: 'y' } } } } },
      false,
    ],
    ['principal.hasTag("__proto__")', { principal: { sub: 'a', claims: JSON.parse('{ "__proto__": "x" }') } }, true],
    ['principal.hasTag("__proto__")', {}, false],
    ['resource is SecretSafe::Claim && resource.rule like "github-*"', {}, true],
    ['resource is SecretSafe::Claim && resource has provider && resource.provider == "github"', {}, true],
    ['resource is SecretSafe::Claim && resource has severity && resource.severity >= 4', {}, true],
    ['resource is SecretSafe::Claim && resource has severity', { claim: { ruleId: 'handoff' } }, false],
    ['resource is SecretSafe::Claim && resource has kind', { claim: { ruleId: 'removed-rule' } }, false],
    ['resource is SecretSafe::Claim && resource.mode == "lease"', { claim: { mode: 'lease' } }, true],
    ['resource in SecretSafe::Thread::"thread-1"', {}, true],
    ['resource in SecretSafe::Tenant::"default"', {}, true],
    ['resource in SecretSafe::Tenant::"other"', {}, false],
    ['context has channel && context.channel == "messages"', {}, true],
    ['context has environment && context.environment == "production"', {}, true],
    ['context.hour == 14 && context.weekday == "wed"', {}, true],
    ['context.now > 1700000000000', {}, true],
    ['action in [SecretSafe::Action::"claim"]', {}, false],
  ])('permits when %s, of %j: %j', async (condition, parts, expected) => {
    const policies = `permit(principal, action, resource) when { ${condition} };`
    const more = { environment: 'production', timeZone: 'Europe/Berlin' }
    expect(await decide(policies, parts, more)).toMatchObject({ allowed: expected })
  })

  it('asks about a thread or a tenant as such, not as one of their claims', async () => {
    const claims = await open('permit(principal, action, resource is SecretSafe::Claim);')
    const threads = await open('permit(principal, action, resource == SecretSafe::Thread::"thread-1");')
    const tenants = await open('permit(principal, action, resource in SecretSafe::Tenant::"default");')
    const tenant = wholeRequest({ claim: { threadId: '' } })
    const allowed = async (authorizer: typeof claims, asked: typeof tenant) => (await authorizer.decide(asked)).allowed
    expect([await allowed(claims, wholeRequest()), await allowed(claims, tenant)]).toEqual([false, false])
    expect([await allowed(threads, wholeRequest()), await allowed(threads, tenant)]).toEqual([true, false])
    expect([await allowed(tenants, wholeRequest()), await allowed(tenants, tenant)]).toEqual([true, true])
  })

  it('knows groups and what they are in', async () => {
    const uid = (type: string, id: string) => ({ type: `SecretSafe::${type}`, id })
    const entities = [
      { uid: uid('Principal', 'alice'), parents: [uid('Group', 'ops')] },
      { uid: uid('Group', 'ops'), parents: [uid('Group', 'staff')] },
      { uid: uid('Group', 'staff') },
    ]
    const policies = 'permit(principal in SecretSafe::Group::"staff", action, resource);'
    expect(await decide(policies, {}, { entities })).toMatchObject({ allowed: true })
    expect(await decide(policies, { principal: { sub: 'bob' } }, { entities })).toMatchObject({ allowed: false })
    expect(await refused(policies, { entities: [{ uid: uid('Group', 'x'), attrs: { a: 1 } }] })).toContain('entities')
  })

  it('a permit with @approvers needs approval, also beside a plain one', async () => {
    const ask =
      '@id("ask") @approvers("lead-*, security") @needed("2") @validMs("60000") permit(principal, action, resource);'
    expect(await decide(`${ALL} ${ask}`)).toEqual({
      allowed: true,
      reason: 'needs approval',
      rule: 'ask',
      approval: { approvers: ['lead-*', 'security'], needed: 2, validMs: 60_000 },
    })
    const other = '@id("b") @approvers("nobody") permit(principal, action, resource);'
    expect(await decide(`${ask} ${other}`)).toMatchObject({ allowed: false, forbidden: true, rule: 'ask + b' })
  })

  it('goes behind the tenant and the allow list, which does not hide what is forbidden', async () => {
    expect(await decide(ALL, { principal: { sub: 'alice', tenant: 'other' } })).toMatchObject({ reason: 'tenant' })
    const listed = { claim: { allow: ['bob'] } }
    expect(await decide(ALL, listed)).toEqual({ allowed: false, reason: 'not on the allow list' })
    expect(await decide(`${ALL} forbid(principal, action, resource);`, listed)).toMatchObject({ forbidden: true })
    expect(await decide('@approvers("x") permit(principal, action, resource);', listed)).toMatchObject({
      forbidden: true,
    })
  })

  it('denies when a policy fails: Cedar would leave out a forbid that does', async () => {
    const more =
      'permit(principal, action, resource); forbid(principal, action, resource) when { context.now + 9223372036854775807 > 0 };'
    expect(await decide(more)).toEqual(UNAVAILABLE)
  })

  it('denies what is no request, no verb and no text', async () => {
    const all = await open(ALL)
    expect(all.decide(undefined as never)).toEqual(UNAVAILABLE)
    expect(all.decide(request({ principal: { sub: 'a\uD800' } }))).toEqual(UNAVAILABLE)
    expect(all.decide(request({ at: { now: Number.NaN } }))).toEqual(UNAVAILABLE)
    const claims = {
      get role(): string {
        throw new Error('hunter2')
      },
    }
    expect(all.decide(request({ principal: { sub: 'a', claims } }))).toEqual(UNAVAILABLE)
  })

  it('is refused when it is loaded, with the place, if it does not parse or does not fit the schema', async () => {
    expect(await refused('permit(principal, action hunter2);')).toBe('Cedar policies at 1:26: cannot be parsed.')
    const unguarded = `${ALL}\npermit(principal, action, resource) when { context.channel == "hunter2" };`
    expect(await refused(unguarded)).toMatch(/^Cedar policy at 2:44: does not fit the schema/)
    expect(await refused('permit(principal, action == SecretSafe::Action::"read", resource);')).toContain(
      'does not fit',
    )
    expect(await refused('permit(principal == ?principal, action, resource);')).toContain('templates')
    expect(await refused('')).toContain('at least one policy')
    expect(await refused(`@id("a") ${ALL} @id("a") ${ALL}`)).toContain('another policy has this @id')
    expect(await refused(`@id("hunter 2") ${ALL}`)).toContain('expected an @id')
    expect(await refused(`@needed("2") ${ALL}`)).toContain('@needed goes with @approvers')
    expect(await refused(`@approvers("a") @needed("0") ${ALL}`)).toContain('expected a whole number from 1 in @needed')
    expect(await refused(`@approvers("a,,b") ${ALL}`)).toContain('expected names in @approvers')
    expect(await refused('@approvers("a") forbid(principal, action, resource);')).toContain('goes with permit alone')
    expect(await refused(ALL, { schema: 'entity hunter2' })).toBe('The Cedar schema cannot be parsed.')
    expect(await refused(ALL, { timeZone: 'Mars/Olympus' })).toContain('IANA')
  })

  it('several authorizers do not get in each other’s way', async () => {
    const all = await open(ALL)
    const none = await open('forbid(principal, action, resource);')
    expect([all.decide(request()), none.decide(request())]).toMatchObject([{ allowed: true }, { allowed: false }])
  })
})
