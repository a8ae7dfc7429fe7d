import path from 'node:path'
import type { Policy } from '../access/policy/policy.js'
import { EXIT, print, style } from './output.js'
import { effectOf, type PolicyCase, readCases, requestOfCase } from './policy-cases.js'
import { PolicySource, type PolicySourceOptions } from './policy-source.js'

export interface TestOptions extends PolicySourceOptions {
  readonly json?: boolean
}

interface CaseResult {
  readonly name: string
  readonly passed: boolean
  readonly expected: string
  readonly got: string
}

/** Decides each case of a table. Exit code 1 when one is decided otherwise than expected. */
export function testPolicy(file: string | undefined, options: TestOptions): void {
  const source = new PolicySource(options)
  const cases = readCases(file ?? besides(source.file))
  const byEnvironment = new Map<string | undefined, Policy>()
  const results = cases.map((each) => {
    const { environment } = each
    const policy = byEnvironment.get(environment) ?? source.compile(environment)
    byEnvironment.set(environment, policy)
    return run(each, policy)
  })
  const failed = results.filter(({ passed }) => !passed).length
  if (options.json) print(JSON.stringify({ cases: results, failed }, undefined, 2))
  else show(results, failed)
  process.exitCode = failed === 0 ? EXIT.ok : EXIT.findings
}

/** `policy.test.yml` for `policy.yml`. */
function besides(policyFile: string): string {
  const { dir, name } = path.parse(policyFile)
  return path.join(dir, `${name}.test.yml`)
}

function run(each: PolicyCase, policy: Policy): CaseResult {
  const decision = policy.decide(requestOfCase(each))
  const effect = effectOf(decision)
  const by = decision.rule ?? 'default'
  const passed = effect === each.expect && (each.by === undefined || each.by === by)
  return {
    name: each.name ?? nameOf(each),
    passed,
    expected: each.by === undefined ? each.expect : `${each.expect} by ${each.by}`,
    got: `${effect} by ${by}`,
  }
}

const nameOf = ({ as, act, verb = 'restore', rule, thread }: PolicyCase): string =>
  [as, ...(act === undefined ? [] : [`by ${act}`]), verb, rule ?? (thread === undefined ? 'tenant' : thread)].join(' ')

function show(results: readonly CaseResult[], failed: number): void {
  const width = Math.max(...results.map(({ name }) => name.length))
  for (const { name, passed, expected, got } of results) {
    const mark = passed ? style('green', 'ok  ') : style('red', 'FAIL')
    print(`${mark}  ${name.padEnd(width)}  ${passed ? got : `expected ${expected}, got ${got}`}`)
  }
  print(`${results.length} ${results.length === 1 ? 'case' : 'cases'}, ${failed} failed.`)
}
