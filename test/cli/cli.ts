import { execFile } from 'node:child_process'
import path from 'node:path'

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const TSX = path.resolve('node_modules/tsx/dist/cli.mjs')
const MAIN = path.resolve('src/cli/main.ts')

/** Runs the real command in a child process, in a clean environment. */
export function cli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env } }
    const child = execFile(process.execPath, [TSX, MAIN, ...args], options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error)
      else resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
    child.stdin?.end(input)
  })
}
