import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { REPO } from './pack.js'

const SUITE = `
import { MemorySaver } from '@langchain/langgraph-checkpoint'
import { deltaChannelHistoryTests, validate } from '@langchain/langgraph-checkpoint-validation'
import { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver } from 'langgraph-secret-safe'

const initializer = {
  checkpointerName: 'MemorySaver',
  async createCheckpointer() {
    const keys = new KeyRing(KeyRing.generate())
    const vault = await ClaimVault.open({ store: new MemoryClaimStore(), keys, sweep: 'manual' })
    return new SecretSafeSaver(new MemorySaver(), { vault, principal: { sub: 'test' } })
  },
}
validate(initializer)
deltaChannelHistoryTests(initializer)
`
const PEERS = ['@langchain/core', '@langchain/langgraph-checkpoint']
const VALIDATION = '@langchain/langgraph-checkpoint-validation'

interface Manifest {
  readonly version: string
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

const manifestOf = (directory: string): Manifest =>
  JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as Manifest

describe('with the lowest versions of its peers, from the registry', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-lowest-'))
  const { peerDependencies, devDependencies } = manifestOf(REPO)
  const lowest = PEERS.map((name) => [name, peerDependencies[name]!.replace(/^\^/, '')] as const)

  beforeAll(() => {
    writeFileSync(path.join(directory, 'package.json'), '{ "private": true, "type": "module" }')
    writeFileSync(path.join(directory, 'suite.test.mjs'), SUITE)
    const packages = [...lowest, [VALIDATION, devDependencies[VALIDATION]!] as const]
    // The suite asks for newer peers than it needs.
    execFileSync(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--legacy-peer-deps',
        inject('tarball'),
        ...packages.map((at) => at.join('@')),
      ],
      { cwd: directory, stdio: 'pipe' },
    )
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('installs exactly those', () => {
    for (const [name, version] of lowest) {
      expect(manifestOf(path.join(directory, 'node_modules', name)).version).toBe(version)
    }
  })

  it('passes the official suite', () => {
    const vitest = path.join(REPO, 'node_modules/vitest/vitest.mjs')
    const output = path.join(directory, 'results.json')
    execFileSync(
      process.execPath,
      [vitest, 'run', '--root', directory, '--globals', '--reporter=json', `--outputFile=${output}`],
      { cwd: directory, stdio: 'pipe' },
    )
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(output, 'utf8')) as Record<string, number>
    expect(numFailedTests).toBe(0)
    expect(numPassedTests).toBeGreaterThan(700)
  }, 120_000)
})
