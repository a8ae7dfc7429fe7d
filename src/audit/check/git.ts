import { spawn } from 'node:child_process'

/** Nothing of a repository's or a user's configuration may change what is read, or run a program. */
const ALWAYS = ['--no-optional-locks', '--literal-pathspecs', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=true']

/** Git is missing, refuses, or the directory is no repository. Says which; holds nothing that git printed. */
export class GitError extends Error {
  constructor(readonly reason: 'missing' | 'failed') {
    super(reason)
  }
}

/** Runs git in one directory. */
export class Git {
  constructor(
    readonly directory: string,
    /** False for a repository inside of another: what a hook's environment says is about the outer one. */
    readonly inherits = true,
  ) {}

  /** The whole output. @throws GitError */
  async text(...args: readonly string[]): Promise<string> {
    const chunks: Uint8Array[] = []
    for await (const chunk of this.stream(...args)) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  }

  /** NUL-separated output, such as that of `-z`. @throws GitError */
  async list(...args: readonly string[]): Promise<string[]> {
    const items = (await this.text(...args)).split('\0')
    items.pop()
    return items
  }

  /** @throws GitError at the end of the output, or when git cannot be started. */
  async *stream(...args: readonly string[]): AsyncGenerator<Uint8Array> {
    const child = this.spawn(args, 'ignore')
    const done = new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(null)).on('close', (code) => resolve(code ?? 128))
    })
    try {
      yield* child.stdout! as AsyncIterable<Uint8Array>
      const code = await done
      if (code !== 0) throw new GitError(code === null ? 'missing' : 'failed')
    } finally {
      child.kill()
    }
  }

  spawn(args: readonly string[], stdin: 'ignore' | 'pipe') {
    return spawn('git', [...ALWAYS, ...args], {
      cwd: this.directory,
      stdio: [stdin, 'pipe', 'ignore'],
      env: { ...(this.inherits ? process.env : withoutRepository(process.env)), LC_ALL: 'C' },
    })
  }
}

function withoutRepository(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|OBJECT_DIRECTORY)$/.test(name)),
  )
}
