import { execFile, spawnSync } from 'node:child_process'
import path from 'node:path'

const TSX = path.resolve('node_modules/tsx/dist/cli.mjs')
const MAIN = path.resolve('src/cli/main.ts')

/** util-linux's, which runs a command on a terminal of its own. */
export const hasTerminal = spawnSync('script', ['--version']).stdout?.includes('util-linux') === true

/** All that the command shows on a terminal. @param before of a pipe, such as `cat file | `. */
export function onTerminal(cwd: string, args: readonly string[], before = ''): Promise<string> {
  const command = [process.execPath, TSX, MAIN, ...args].map((arg) => `'${arg}'`).join(' ')
  const env = { PATH: process.env.PATH ?? '', HOME: cwd, TERM: 'xterm-256color' }
  return new Promise((resolve) => {
    execFile('script', ['-qec', `stty cols 120; ${before}${command}`, '/dev/null'], { cwd, env }, (_error, stdout) =>
      resolve(stdout),
    )
  })
}
