import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const LOADER = pathToFileURL(path.resolve('node_modules/tsx/dist/loader.mjs')).href
const CHILD = path.resolve('test/ledger/crash-child.ts')

/** Kills a process in the midst of its work, after so many claims. @param args for the child: address, key, schema. */
export async function crash(claims: number, ...args: readonly string[]): Promise<void> {
  // The process itself, not a parent that outlives the signal.
  const child = spawn(process.execPath, ['--import', LOADER, CHILD, ...args])
  await new Promise<void>((resolve, reject) => {
    let done = 0
    child.stdout.on('data', (dots: Buffer) => {
      done += dots.length
      if (done >= claims) child.kill('SIGKILL')
    })
    child.once('exit', (code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(`exited with ${code}`))))
  })
}
