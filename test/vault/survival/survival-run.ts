import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { KeyRing } from '../../../src/index.js'
import { createCanary } from '../../../src/testing/leak/canary.js'
import type { LifeSecrets } from './life.js'

/** What a child needs to know, and where it leaves its traces. */
export interface SurvivalRun {
  readonly directory: string
  readonly file: string
  readonly vaultFile: string
  readonly takenFile: string
  readonly pointsFile: string
  readonly key: string
  /** To which the keys are rotated. */
  readonly newKey: string
  readonly secrets: LifeSecrets
  readonly killAt?: number
}

export function survivalRun(root: string, killAt?: number): SurvivalRun {
  const directory = mkdtempSync(path.join(root, 'run-'))
  const secret = () => createCanary('token')
  return {
    directory,
    file: path.join(directory, 'checkpoints.db'),
    vaultFile: path.join(directory, 'vault.db'),
    takenFile: path.join(directory, 'taken.log'),
    pointsFile: path.join(directory, 'points.json'),
    key: KeyRing.generate(),
    newKey: KeyRing.generate(),
    secrets: {
      token: secret(),
      handoff: secret(),
      spent: secret(),
      deleted: secret(),
      replaced: secret(),
      replacement: secret(),
    },
    ...(killAt === undefined ? {} : { killAt }),
  }
}

/** Compiled once: a hundred children would otherwise compile the same files a hundred times. */
export async function compileChild(root: string): Promise<string> {
  const outfile = path.resolve('node_modules/.cache/secret-safe-survival', path.basename(root), 'child.mjs')
  const entry = path.resolve('test/vault/survival/survival-child.ts')
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  return outfile
}

export function discardChild(file: string): void {
  rmSync(path.dirname(file), { recursive: true, force: true })
}

/** @returns what the child printed, and whether it was killed. */
export async function runChild(child: string, run: SurvivalRun): Promise<{ printed: string; killed: boolean }> {
  const env = { ...process.env, SURVIVAL_RUN: JSON.stringify(run), NODE_NO_WARNINGS: '1' }
  const running = spawn(process.execPath, [child], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [running.stdout, running.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk
    })
  }
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    running.on('close', (...ended) => resolve(ended)),
  )
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`The child failed with ${code}: ${printed.slice(0, 2_000)}`)
  return { printed, killed: signal === 'SIGKILL' }
}

export const readLines = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
