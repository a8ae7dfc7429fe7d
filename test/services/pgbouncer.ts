import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { end, launch, ready } from './postgres-cluster.js'
import { findProgram, freePort, unprivilegedIds } from './process.js'

export const pgbouncerProgram = findProgram('pgbouncer')

/** A real PgBouncer in transaction mode with few server connections, which remembers no prepared statement. */
export async function startPgbouncer(program: string, target: string): Promise<{ url: string; stop(): Promise<void> }> {
  const ids = unprivilegedIds()
  const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-pgbouncer-'))
  const { hostname, port: serverPort, username, password, pathname } = new URL(target)
  const port = await freePort()
  const file = path.join(folder, 'pgbouncer.ini')
  const server = `host=${hostname} port=${serverPort || 5432} dbname=${pathname.slice(1)} user=${username} password='${decodeURIComponent(password)}'`
  const settings = [
    '[databases]',
    `vault = ${server}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 3',
    ...(remembersStatements(program) ? ['max_prepared_statements = 0'] : []),
    'unix_socket_dir =',
  ]
  writeFileSync(file, settings.join('\n'), { mode: 0o600 })
  if (ids) for (const name of [folder, file]) chownSync(name, ids.uid, ids.gid)
  const child = launch(program, [file], { ...ids, cwd: folder })
  const failure = await ready(child, 'process up')
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  if (failure !== undefined) {
    await stop()
    throw new Error(`pgbouncer did not start:\n${failure}`)
  }
  return { url: `postgres://anyone@127.0.0.1:${port}/vault`, stop }
}

/** From 1.21 on, where it is a setting; a deployment may have switched it off. */
function remembersStatements(program: string): boolean {
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' })
  return Number(/PgBouncer 1\.(\d+)/.exec(version)?.[1]) >= 21
}
