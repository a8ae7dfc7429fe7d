import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Where a vault lies: `name` is its prefix or schema. */
export interface Place {
  readonly kind: 'SQLite' | 'Postgres' | 'Redis'
  readonly address: string
  readonly name: string
}

interface RaceFor {
  readonly url: string
  readonly threadId: string
  readonly sub: string
  readonly runId?: string
  /** All racers start then, ms since the epoch. */
  readonly startAt: number
}

export type Task =
  | { readonly action: 'open'; readonly place: Place; readonly key: string }
  | ({ readonly action: 'claim' | 'revoke' } & RaceFor)
  | ({ readonly action: 'replace'; readonly value: string } & RaceFor)

/** `code` is `ok` or an error's code. */
export interface Outcome {
  readonly code: string
  readonly got?: string
}

/** For a task to reach the last racer before the first one starts. */
const HEAD_START_MS = 40

/** Real processes, started once: a process takes far longer to start than a race takes. */
export class RaceTeam {
  private constructor(
    private readonly children: readonly ChildProcess[],
    private readonly folder: string,
  ) {}

  /** Bundled first, so that each process starts without a compiler. */
  static async start(size: number): Promise<RaceTeam> {
    // Within the project, so that the drivers are found.
    const folder = path.resolve(`node_modules/.cache/secret-safe-races-${process.pid}`)
    mkdirSync(folder, { recursive: true })
    const outfile = path.join(folder, 'race-child.mjs')
    await build({
      entryPoints: [fileURLToPath(new URL('./race-child.ts', import.meta.url))],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile,
      logLevel: 'warning',
    })
    const children = Array.from({ length: size }, () => fork(outfile, { execArgv: ['--no-warnings'] }))
    const team = new RaceTeam(children, folder)
    await Promise.all(children.map((child) => answerOf(child)))
    return team
  }

  /** @throws Error unless every racer has opened it. */
  async open(place: Place, key: string): Promise<void> {
    const outcomes = await this.#all(() => ({ action: 'open', place, key }))
    const failed = outcomes.find(({ code }) => code !== 'ok')
    if (failed !== undefined) throw new Error(`a racer could not open the vault: ${failed.code}`)
  }

  /** Each racer's task, all at the same moment. */
  async race(taskOf: (index: number, startAt: number) => Task): Promise<readonly Outcome[]> {
    const startAt = Date.now() + HEAD_START_MS
    return this.#all((index) => taskOf(index, startAt))
  }

  /** Closes what is open: held counts are written, chains ended. */
  async close(): Promise<void> {
    await this.#all(() => ({ action: 'close' }))
  }

  async stop(): Promise<void> {
    for (const child of this.children) {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #all(taskOf: (index: number) => Task | { readonly action: 'close' }): Promise<readonly Outcome[]> {
    return Promise.all(
      this.children.map((child, index) => {
        const answer = answerOf(child)
        child.send(taskOf(index))
        return answer
      }),
    )
  }
}

async function answerOf(child: ChildProcess): Promise<Outcome> {
  const ended = new AbortController()
  try {
    const [answer] = await Promise.race([
      once(child, 'message', { signal: ended.signal }),
      once(child, 'exit', { signal: ended.signal }).then(([code]) => {
        throw new Error(`a racer ended with ${code}`)
      }),
    ])
    return answer as Outcome
  } finally {
    ended.abort()
  }
}
