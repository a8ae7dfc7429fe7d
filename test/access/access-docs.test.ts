import { MemorySaver } from '@langchain/langgraph'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as secretSafe from '../../src/index.js'
import { blocksOf } from '../repo/markdown.js'
import { Rights } from '../support/access.js'

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<Record<string, never>>

describe('docs/access.md', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('is one script that does what it says', async () => {
    vi.stubEnv('SECRET_SAFE_KEY', secretSafe.KeyRing.generate())
    const authorizer = new Rights()
      .allow('owner', 'claim', 'grant', 'revoke')
      .set('agent', 'claim', { allowed: true, approval: { approvers: ['boss'] } })
    const deployed: string[] = []
    const deploy = async ({ authorization }: { authorization: string }) => deployed.push(authorization)
    const code = blocksOf('docs/access.md')
      .filter(({ language }) => language === 'ts')
      .map((block) => block.code.replace(/^import .*\n/m, ''))
      .join('\n')
    const given = { ...secretSafe, inner: new MemorySaver(), authorizer, deploy }
    const result = 'return { vault, saver, node, url, value, again, grants, refused, approved }'
    const script = new AsyncFunction(...Object.keys(given), `${code}\n${result}`)
    const { vault, saver, url, value, again, grants, refused, approved } = (await script(
      ...Object.values(given),
    )) as unknown as { vault: secretSafe.ClaimVault; saver: secretSafe.SecretSafeSaver; url: string } & Record<
      string,
      unknown
    >
    expect([value, again, approved]).toEqual(['a credential', 'a credential', 'a credential'])
    expect(grants).toMatchObject(
      [
        { to: 'lead', count: 5 },
        { to: 'worker', count: 2 },
      ].map((grant) => ({ ...grant, used: 1 })),
    )
    expect(refused).toMatchObject({ code: 'ERR_APPROVAL_REQUIRED' })
    const worker = { threadId: 'thread-1', principal: { sub: 'worker' }, runId: 'run-1', task: 'deploy' }
    await expect(vault.claim(url, worker)).rejects.toThrow(secretSafe.ClaimDeniedError)
    const config = { configurable: { thread_id: 'thread-1' } }
    await saver.useSecret(url, (token) => deploy({ authorization: `Bearer ${token}` }), config)
    expect(deployed).toEqual(['Bearer a credential'])
    await vault.close()
  })
})
