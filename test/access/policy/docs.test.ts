import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { parse } from 'yaml'
import { effectOf, type PolicyCase, requestOfCase } from '../../../src/cli/policy-cases.js'
import * as secretSafe from '../../../src/index.js'
import { blocksOf } from '../../repo/markdown.js'
import { request } from './requests.js'

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<Record<string, secretSafe.Authorizer>>

const blocks = blocksOf('docs/policy.md')
const yaml = blocks
  .filter(({ language }) => language === 'yaml')
  .map(({ code }) => parse(code) as Record<string, unknown>)
const recipes = yaml.filter((block) => 'rules' in block) as unknown as secretSafe.PolicyDefinition[]
const tables = yaml.filter((block) => 'cases' in block) as unknown as { cases: PolicyCase[] }[]

describe('docs/policy.md', () => {
  it('has five recipes, each with its cases', () => {
    expect([recipes.length, tables.length]).toEqual([5, 5])
    for (const { cases } of tables) expect(new Set(cases.map((each) => each.expect)).size).toBeGreaterThan(1)
  })

  it.each(recipes.map((definition, i) => [i, definition] as const))(
    'recipe %i decides its cases as it says',
    (i, definition) => {
      for (const each of tables[i]!.cases) {
        const { environment, expect: effect, by } = each
        const policy = secretSafe.createPolicy(definition, environment === undefined ? {} : { environment })
        const decision = policy.decide(requestOfCase(each))
        expect({ each, effect: effectOf(decision) }).toEqual({ each, effect })
        if (by !== undefined) expect({ each, by: decision.rule ?? 'default' }).toEqual({ each, by })
      }
    },
  )

  it('shows code that runs', async () => {
    vi.stubEnv('SECRET_SAFE_KEY', secretSafe.KeyRing.generate())
    onTestFinished(() => void vi.unstubAllEnvs())
    const code = blocks
      .filter(({ language }) => language === 'ts')
      .map((block) => block.code.replace(/^import .*\n/m, ''))
      .join('\n')
    // The file is a reader's own.
    const given = { ...secretSafe, policyFromFile: () => ({ status: {} }) }
    const script = new AsyncFunction(...Object.keys(given), `${code}\nreturn { vault, policy, cedar, opa }`)
    const { vault, policy, cedar } = await script(...Object.values(given))
    await (vault as unknown as secretSafe.ClaimVault).close()
    const worker = { sub: 'worker' }
    for (const engine of [policy, cedar]) {
      expect(await engine!.decide(request({ principal: worker }))).toMatchObject({ allowed: true, rule: 'worker' })
      expect(await engine!.decide(request())).toMatchObject({ allowed: false })
    }
    const deployer = { sub: 'alice', claims: { role: 'deployer' } }
    expect(await cedar!.decide(request({ principal: deployer, verb: 'claim' }))).toMatchObject({
      rule: 'ask',
      approval: { approvers: ['lead', 'security-*'], needed: 2 },
    })
    const bot = { ...worker, act: 'bot' }
    expect(await cedar!.decide(request({ principal: bot }))).toMatchObject({ allowed: true })
    for (const ruleId of ['aws-access-key-id', 'handoff'])
      expect(await cedar!.decide(request({ principal: bot, claim: { ruleId } }))).toMatchObject({ rule: 'no-aws' })
  })
})
