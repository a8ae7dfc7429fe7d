import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OidcVerifierOptions, oidcVerifier } from '../../../src/index.js'
import { AUDIENCE, expectRefused, Issuer } from './issuer.js'
import { Oidc } from './oidc.js'

describe('a real OpenID provider vouches for', () => {
  let oidc: Oidc
  beforeAll(async () => {
    oidc = await Oidc.open()
  })
  afterAll(() => oidc.close())
  const verifier = (options: Partial<OidcVerifierOptions> = {}) =>
    oidcVerifier({ issuer: oidc.url, audience: AUDIENCE, ...options })

  it('a user who signed in, with the client that acts for her', async () => {
    const { accessToken } = await oidc.userToken('alice')
    const principal = await verifier({ claims: { act: 'client_id' }, tenant: 'acme' }).verify(accessToken)
    expect(principal).toMatchObject({ sub: 'alice', act: 'web', tenant: 'acme', via: 'token' })
  })

  it('a workload with credentials of its own', async () => {
    expect(await verifier().verify(await oidc.workloadToken())).toMatchObject({ sub: 'worker', via: 'token' })
  })

  it('nobody by an ID token, which is for the client and not for this service', async () => {
    const { idToken } = await oidc.userToken('alice')
    await expectRefused(verifier().verify(idToken), 'type', idToken)
    await expectRefused(verifier({ typ: ['at+jwt', null] }).verify(idToken), 'audience', idToken)
  })

  it('nobody by a token for another service', async () => {
    const token = await oidc.workloadToken('https://other.example')
    await expectRefused(verifier().verify(token), 'audience', token)
  })
})

describe('a CI job', () => {
  let issuer: Issuer
  beforeAll(async () => {
    issuer = await Issuer.open('RS256')
  })
  afterAll(() => issuer.close())

  /** The claims of a workflow's token, as GitHub documents them. */
  const job = (claims: Readonly<Record<string, unknown>> = {}) =>
    issuer.sign({
      header: { typ: 'JWT' },
      claims: {
        sub: 'repo:acme/app:ref:refs/heads/main',
        repository: 'acme/app',
        repository_owner: 'acme',
        ref: 'refs/heads/main',
        job_workflow_ref: 'acme/app/.github/workflows/deploy.yml@refs/heads/main',
        run_id: '4711',
        ...claims,
      },
    })
  const verifier = () =>
    oidcVerifier({
      issuer: issuer.url,
      audience: AUDIENCE,
      claims: { act: 'job_workflow_ref', tenant: 'repository_owner', runId: 'run_id' },
      exposeClaims: ['repository', 'ref'],
      requiredClaims: ['ref'],
    })

  it('is a principal: repository and branch as subject, workflow as agent, owner as tenant, bound to its run', async () => {
    expect(await verifier().verify(await job())).toEqual({
      sub: 'repo:acme/app:ref:refs/heads/main',
      act: 'acme/app/.github/workflows/deploy.yml@refs/heads/main',
      tenant: 'acme',
      runId: '4711',
      claims: { repository: 'acme/app', ref: 'refs/heads/main' },
      via: 'token',
    })
  })

  it('of a pull request is another subject, and without an owner nobody', async () => {
    const token = await job({ sub: 'repo:acme/app:pull_request', ref: 'refs/pull/1/merge' })
    expect(await verifier().verify(token)).toMatchObject({ sub: 'repo:acme/app:pull_request' })
    await expectRefused(verifier().verify(await job({ repository_owner: undefined })), 'claims')
    await expectRefused(verifier().verify(await job({ ref: undefined })), 'claims')
  })
})
