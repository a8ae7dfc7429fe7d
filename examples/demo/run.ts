import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SecretSafeSaverOptions } from '../../src/index.js'
import { startTokenService, type TokenService } from './token-service.js'

interface Side {
  readonly file: string
  readonly serviceUrl: string
}

/** What a child process is told. */
export interface Job {
  readonly step: 'start' | 'resume'
  readonly threadId: string
  readonly bare: Side
  readonly wrapped: Side
  readonly writes: NonNullable<SecretSafeSaverOptions['writes']>
}

/** One agent's run on one saver, as its token service saw it. */
export interface Run {
  readonly file: string
  readonly threadId: string
  readonly token: string
  readonly issuedTo: number
  readonly uses: TokenService['uses']
}

export interface RunOptions extends Pick<Job, 'writes'> {
  readonly directory: string
  readonly env: Readonly<Record<string, string>>
}

const AGENT_PROCESS = fileURLToPath(new URL('./agent-process.ts', import.meta.url))

/** Runs the agent on both savers: one process that ends at the human's turn, and another one that resumes. */
export async function runAgents({ directory, writes, env }: RunOptions): Promise<{ bare: Run; wrapped: Run }> {
  const threadId = 'release-2.4.0'
  const services = { bare: await startTokenService(), wrapped: await startTokenService() }
  const side = (name: 'bare' | 'wrapped') => ({ file: fileOf(directory, name), serviceUrl: services[name].url })
  const job = { threadId, bare: side('bare'), wrapped: side('wrapped'), writes }
  try {
    await inOtherProcess({ ...job, step: 'start' }, env)
    await inOtherProcess({ ...job, step: 'resume' }, env)
  } finally {
    await services.bare.close()
    await services.wrapped.close()
  }
  const run = (name: 'bare' | 'wrapped'): Run => {
    const { issued, uses } = services[name]
    if (issued[0] === undefined) throw new Error(`On the ${name} saver the agent asked for no token.`)
    return { file: fileOf(directory, name), threadId, token: issued[0].token, issuedTo: issued[0].pid, uses }
  }
  return { bare: run('bare'), wrapped: run('wrapped') }
}

export function fileOf(directory: string, name: 'bare' | 'wrapped' | 'vault' | 'injection-vault'): string {
  return path.join(directory, `${name}.db`)
}

async function inOtherProcess(job: Job, env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', AGENT_PROCESS, JSON.stringify(job)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The process to ${job.step} the agent ended with ${code}.\n${errors}`)
}
