import { describe, expect, it } from 'vitest'
import { endRunOnAbort, VaultUnavailableError } from '../../src/index.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { ALICE, CONFIG, Harness } from '../support/vault-harness.js'

const THREAD = { threadId: 'thread-1' }
const run = (runId: string) => ({ ...CONFIG, metadata: { run_id: runId } })

async function open() {
  const h = await Harness.open()
  const controller = new AbortController()
  const options = { runId: 'run-1', signal: controller.signal, principal: ALICE }
  return { h, controller, options }
}

describe('endRunOnAbort', () => {
  it('ends the claims of the run when its signal fires, and those it minted on its way out', async () => {
    const { h, controller, options } = await open()
    const finish = endRunOnAbort(h.vault, options)
    const before = await h.vault.create(opaqueSecret(), { ...THREAD, runId: 'run-1' })
    const other = await h.vault.create(opaqueSecret(), { ...THREAD, runId: 'run-2' })
    await h.put({ token: anthropicKey() }, {}, run('run-1'))
    controller.abort()
    const late = await h.vault.create(opaqueSecret(), { ...THREAD, runId: 'run-1' })
    expect(await finish()).toBe(3)
    for (const url of [before, late]) {
      expect(await h.vault.peek(url, { ...THREAD, principal: ALICE })).toMatchObject({ state: 'ended' })
    }
    await h.vault.claim(other, { ...THREAD, principal: ALICE })
    expect((await h.read()).token).toMatch(/^claim:/)
  })

  it('ends nothing when the run ends by itself, nor when the signal fires afterwards', async () => {
    const { h, controller, options } = await open()
    const finish = endRunOnAbort(h.vault, options)
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, runId: 'run-1' })
    expect(await finish()).toBe(0)
    controller.abort()
    await h.vault.claim(url, { ...THREAD, principal: ALICE })
  })

  it('ends at once what was aborted before, and tries again while the vault is away', async () => {
    const { h, controller, options } = await open()
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, runId: 'run-1' })
    controller.abort()
    h.failures.set('find', new VaultUnavailableError('down'))
    setTimeout(() => h.failures.clear(), 100)
    const finish = endRunOnAbort(h.vault, options)
    expect(await finish()).toBe(1)
    expect(await h.vault.peek(url, { ...THREAD, principal: ALICE })).toMatchObject({ state: 'ended' })
  })
})
