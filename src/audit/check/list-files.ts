import { lstat, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { openFile } from './file-bytes.js'
import { Git, GitError } from './git.js'
import { placeOf, type Target } from './target.js'
import type { Warnings } from './warnings.js'

export interface ListOptions {
  readonly cwd: string
  readonly paths: readonly string[]
  /** False to read what git ignores, too. */
  readonly ignores: boolean
  readonly warnings: Warnings
}

/**
 * The files that the paths name, each once. A file that is named is read whatever git ignores, and also behind a symbolic
 * link; in a directory, links are not followed, so that none leads in circles or out of it.
 */
export async function listFiles({ cwd, paths, ignores, warnings }: ListOptions): Promise<Target[]> {
  const found = new Map<string, Target>()
  const add = (absolute: string, follows: boolean) => {
    if (found.has(absolute)) return
    found.set(absolute, { ...placeOf(cwd, '/', absolute), open: () => openFile(absolute, follows) })
  }
  for (const given of paths) {
    const absolute = path.resolve(cwd, given)
    const stats = await stat(absolute).catch((error: NodeJS.ErrnoException) => error.code)
    if (typeof stats !== 'object') {
      const isMissing = stats === 'ENOENT' || stats === 'ENOTDIR'
      warnings.add(isMissing ? 'path-missing' : 'file-unreadable', given)
    } else if (!stats.isDirectory()) add(absolute, true)
    else for await (const file of filesBelow(absolute, ignores, warnings)) add(file, false)
  }
  return [...found.values()]
}

async function* filesBelow(directory: string, ignores: boolean, warnings: Warnings): AsyncGenerator<string> {
  const names = ignores ? await trackedBelow(directory, warnings) : undefined
  if (names === undefined) return yield* walk(directory, warnings)
  for (const name of names) {
    const file = path.join(directory, name)
    const stats = await lstat(file).catch(() => undefined)
    if (stats === undefined) warnings.add('file-vanished', file)
    else if (stats.isSymbolicLink()) warnings.add('symlink-not-followed', file)
    // A submodule, or a repository that lies in this one.
    else if (stats.isDirectory()) yield* filesBelow(file, ignores, warnings)
    else yield file
  }
}

/** Names from `directory`, of what git tracks there or would; undefined where there is no repository to ask. */
async function trackedBelow(directory: string, warnings: Warnings): Promise<ReadonlySet<string> | undefined> {
  try {
    const git = new Git(directory, false)
    return new Set(await git.list('ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.'))
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    if (await isInRepository(directory)) warnings.add('ignore-unknown', directory)
    return undefined
  }
}

async function isInRepository(directory: string): Promise<boolean> {
  for (let at = directory; ; at = path.dirname(at)) {
    if ((await lstat(path.join(at, '.git')).catch(() => undefined)) !== undefined) return true
    if (at === path.dirname(at)) return false
  }
}

async function* walk(directory: string, warnings: Warnings): AsyncGenerator<string> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return warnings.add('file-unreadable', directory)
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== '.git') yield* walk(file, warnings)
    } else if (entry.isSymbolicLink()) warnings.add('symlink-not-followed', file)
    else yield file
  }
}
