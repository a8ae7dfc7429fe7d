import { opendir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Warn } from '../row.js'

const MAX_DEPTH = 64
/** What no store lies in. */
const SKIPPED = new Set(['.git', 'node_modules'])
/** Files that SQLite keeps beside a database, and reads with it. */
const BESIDE = /-(?:wal|shm|journal)$/

/** Every file below a directory, in the order of their names. A link is followed once, so that a loop of links ends. */
export async function* filesIn(root: string, warn: Warn): AsyncGenerator<string> {
  yield* walk(root, warn, new Set(), 0)
}

async function* walk(directory: string, warn: Warn, seen: Set<string>, depth: number): AsyncGenerator<string> {
  const names = await enter(directory, warn, seen, depth)
  for (const name of names) {
    const file = path.join(directory, name)
    const stats = await stat(file).catch(() => undefined)
    if (stats === undefined) warn('file-unreadable', 'A file, a directory or a link to one could not be read.')
    else if (stats.isDirectory()) {
      if (!SKIPPED.has(name)) yield* walk(file, warn, seen, depth + 1)
    } else if (!stats.isFile()) warn('file-special', 'Devices, pipes and sockets are not read.')
    else if (!BESIDE.test(name) && (await isFirst(file, seen))) yield file
  }
}

async function enter(directory: string, warn: Warn, seen: Set<string>, depth: number): Promise<string[]> {
  try {
    if (depth > MAX_DEPTH) throw new RangeError('too deep')
    if (!(await isFirst(directory, seen))) return []
    const names: string[] = []
    for await (const { name } of await opendir(directory)) names.push(name)
    return names.sort()
  } catch {
    warn('file-unreadable', 'A file, a directory or a link to one could not be read.')
    return []
  }
}

async function isFirst(file: string, seen: Set<string>): Promise<boolean> {
  const real = await realpath(file)
  if (seen.has(real)) return false
  seen.add(real)
  return true
}
