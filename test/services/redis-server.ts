import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { findProgram, freePort } from './process.js'

/** A redis-server of the test's own, on the loopback, in a folder that `stop` removes. */
export class RedisServer {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-redis-'))
  #child: ChildProcess | undefined

  private constructor(
    readonly port: number,
    private readonly settings: readonly string[],
  ) {}

  /** @param settings as on its command line, such as `['--appendonly', 'yes']`. */
  static async start(...settings: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), settings)
    await server.run()
    return server
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`
  }

  async run(): Promise<void> {
    const base = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', '']
    const child = spawn(program(), [...base, ...this.settings], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    for await (const chunk of child.stdout!) {
      if (/Ready to accept connections/.test(String(chunk))) break
    }
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`)
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  async stop(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** One command, as an administrator. */
  async call(command: string, ...args: string[]): Promise<unknown> {
    return redisCall(this.url, command, ...args)
  }
}

export async function redisCall(url: string, command: string, ...args: string[]): Promise<unknown> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0 })
  try {
    await client.connect()
    return await client.call(command, args)
  } finally {
    client.disconnect()
  }
}

export const redisProgram = (): string | undefined => findProgram('redis-server')

function program(): string {
  const found = redisProgram()
  if (found === undefined) throw new Error('There is no redis-server on PATH.')
  return found
}
