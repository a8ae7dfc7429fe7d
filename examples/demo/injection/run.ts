import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { dumpSqliteFiles } from '../../../src/testing/leak/dump/sqlite.js'
import { startTokenService, type TokenService } from '../token-service.js'

export interface InjectionJob {
  readonly isProtected: boolean
  readonly file: string
  readonly serviceUrl: string
  readonly metricsUrl: string
  readonly tracerUrl: string
}

/** What the process itself knows of its run. */
export interface Seen {
  readonly model: string
  readonly answer: string
  readonly store: string
}

/** One agent's run, and everything that left it. */
export interface InjectedRun extends Seen {
  readonly token: string
  readonly uses: TokenService['uses']
  /** What reached the attacker's server. */
  readonly attacker: string
  readonly output: string
  readonly tracer: string
  readonly checkpoints: Buffer
}

const AGENT_PROCESS = fileURLToPath(new URL('./process.ts', import.meta.url))

/** Runs the obedient agent bare and protected, each in a process of its own. */
export async function runInjected(
  directory: string,
  env: Readonly<Record<string, string>>,
): Promise<{ bare: InjectedRun; guarded: InjectedRun }> {
  return { bare: await runOne(directory, env, false), guarded: await runOne(directory, env, true) }
}

async function runOne(
  directory: string,
  env: Readonly<Record<string, string>>,
  isProtected: boolean,
): Promise<InjectedRun> {
  const [service, attacker, tracer] = await Promise.all([startTokenService(), startCollector(), startCollector()])
  const file = path.join(directory, isProtected ? 'guarded.db' : 'injected.db')
  const job = { isProtected, file, serviceUrl: service.url, metricsUrl: attacker.url, tracerUrl: tracer.url }
  try {
    const { seen, output } = await inProcess(job, env)
    const [issued] = service.issued
    if (issued === undefined) throw new Error('The agent asked for no token.')
    const checkpoints = Buffer.concat(dumpSqliteFiles(file).map(({ bytes }) => bytes))
    const { uses } = service
    return {
      ...seen,
      token: issued.token,
      uses,
      attacker: attacker.received(),
      output,
      tracer: tracer.received(),
      checkpoints,
    }
  } finally {
    await Promise.all([service.close(), attacker.close(), tracer.close()])
  }
}

async function inProcess(
  job: InjectionJob,
  env: Readonly<Record<string, string>>,
): Promise<{ seen: Seen; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', AGENT_PROCESS, JSON.stringify(job)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const [output, errors, report] = [child.stdout, child.stderr, child.stdio[3]].map((stream) => {
    const text = { value: '' }
    stream?.on('data', (chunk) => {
      text.value += chunk
    })
    return text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The agent's process ended with ${code}.\n${errors!.value}`)
  return { seen: JSON.parse(report!.value) as Seen, output: output!.value + errors!.value }
}

interface Collector {
  readonly url: string
  received(): string
  close(): Promise<void>
}

/** A server that takes whatever is sent to it: the attacker's, and the tracer's. */
async function startCollector(): Promise<Collector> {
  const received: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
      received.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${text}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received.join('\n'),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
