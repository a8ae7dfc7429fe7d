import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { REPO } from './pack.js'

const run = promisify(execFile)

/** A project that has the packed package installed, and takes everything else from this repository. */
export class Consumer {
  readonly root = mkdtempSync(path.join(tmpdir(), 'secret-safe-consumer-'))
  readonly directory = path.join(this.root, 'project')

  static async install(tarball: string, project: string): Promise<Consumer> {
    const consumer = new Consumer()
    const installed = path.join(consumer.directory, 'node_modules/langgraph-secret-safe')
    mkdirSync(installed, { recursive: true })
    await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
    symlinkSync(path.join(REPO, 'node_modules'), path.join(consumer.root, 'node_modules'))
    cpSync(path.join(REPO, 'test/consumers/projects', project), consumer.directory, { recursive: true })
    return consumer
  }

  write(name: string, content: string | object): string {
    const file = path.join(this.directory, name)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  /** @returns what it printed. @throws with what it printed. */
  async node(...args: readonly string[]): Promise<string> {
    const { NODE_OPTIONS: _, ...env } = process.env
    const { stdout, stderr } = await run(process.execPath, [...args], { cwd: this.directory, env }).catch(
      (error: { stdout?: string; stderr?: string }) => {
        throw new Error(`node ${args.join(' ')} failed:\n${error.stdout ?? ''}${error.stderr ?? ''}`)
      },
    )
    return stdout + stderr
  }

  /** Type-checks, and builds into `out`, with a TypeScript of this repository. */
  async tsc(compilerOptions: Readonly<Record<string, unknown>>, files: readonly string[]): Promise<void> {
    this.write('tsconfig.json', {
      compilerOptions: { strict: true, skipLibCheck: false, types: ['node'], ...compilerOptions },
      files,
    })
    await this.node(path.join(REPO, 'node_modules/typescript/bin/tsc'), '-p', '.')
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
