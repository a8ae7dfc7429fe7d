import path from 'node:path'
import { InputError } from '../../errors.js'
import { addedLines } from './added-lines.js'
import { BlobReader } from './blob-reader.js'
import { openFile } from './file-bytes.js'
import { Git, GitError } from './git.js'
import { placeOf, type Target } from './target.js'
import type { Warnings } from './warnings.js'

export interface ChangesOptions {
  readonly cwd: string
  /** Only what is in one of them; all without any. */
  readonly paths: readonly string[]
  readonly warnings: Warnings
}

export interface Changes {
  readonly targets: readonly Target[]
  close(): void
}

/** A file as git names it after a change. */
interface ChangedFile {
  readonly name: string
  readonly blob: string
  readonly mode: string
  readonly status: string
}

const GITLINK = '160000'
const SYMLINK = '120000'
/** Whatever a user has configured for reading diffs must not change what is read. */
const DIFF = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
  '--no-color',
  '--submodule=short',
  '--ignore-submodules=none',
]
const RAW = [...DIFF, '--raw', '-z', '--no-abbrev', '--diff-filter=d']
const PATCH = [
  ...DIFF,
  '--patch',
  '--text',
  '-U0',
  '--inter-hunk-context=0',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--diff-filter=d',
]

/**
 * What the next commit would add, read from the index: the work tree may differ from it.
 * @throws InputError without a repository.
 */
export async function stagedChanges({ cwd, paths, warnings }: ChangesOptions): Promise<Changes> {
  const { git, top } = await repositoryOf(cwd, '--staged')
  const limit = ['--cached', '--', ...relativeTo(top, cwd, paths)]
  const files = parseRaw(await git.list('diff', ...RAW, ...limit))
  const added = await addedLines(git.stream('diff', ...PATCH, ...limit))
  const blobs = new BlobReader(git)
  const targets = files.flatMap(({ name, blob, mode, status }): Target[] => {
    const file = placeOf(cwd, top, name)
    if (status === 'U') warnings.add('index-unmerged', file.name)
    else if (mode === GITLINK) warnings.add('submodule-not-read', file.name)
    else return [{ ...file, added: added.get(name), open: () => blobs.read(blob) }]
    return []
  })
  return { targets, close: () => blobs.close() }
}

/**
 * What the work tree has that `revision` had not where the two branches parted; files that git does not track yet, too.
 * @throws InputError without a repository, for a revision that is not there, and when a shallow clone ends before the
 * place where the branches parted.
 */
export async function changesSince(revision: string, { cwd, paths, warnings }: ChangesOptions): Promise<Changes> {
  const { git, top } = await repositoryOf(cwd, '--since')
  const base = await baseOf(git, revision, warnings)
  const within = ['--', ...relativeTo(top, cwd, paths)]
  const files = parseRaw(await git.list('diff', ...RAW, base, ...within))
  const added = await addedLines(git.stream('diff', ...PATCH, base, ...within))
  const untracked = await git.list('ls-files', '-z', '--others', '--exclude-standard', ...within)
  const targets = files.flatMap(({ name, mode }): Target[] => {
    const file = placeOf(cwd, top, name)
    if (mode === GITLINK) warnings.add('submodule-not-read', file.name)
    // What is committed of a link is the path in it; the file behind it is another one, or outside of the repository.
    else if (mode === SYMLINK) warnings.add('symlink-not-followed', file.name)
    else return [{ ...file, added: added.get(name), open: () => openFile(file.path) }]
    return []
  })
  const others = untracked
    .filter((name) => !name.endsWith('/'))
    .map((name): Target => {
      const file = placeOf(cwd, top, name)
      return { ...file, open: () => openFile(file.path, false) }
    })
  for (const name of untracked) if (name.endsWith('/')) warnings.add('submodule-not-read', placeOf(cwd, top, name).name)
  return { targets: [...targets, ...others], close: () => undefined }
}

async function repositoryOf(cwd: string, option: string): Promise<{ readonly git: Git; readonly top: string }> {
  try {
    const top = (await new Git(cwd).text('rev-parse', '--show-toplevel')).replace(/\n$/, '')
    return { git: new Git(top), top }
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new InputError(
      error.reason === 'missing'
        ? `${option} needs git, which could not be started.`
        : `${option} needs a git repository that git agrees to read; the working directory is in none.`,
    )
  }
}

async function baseOf(git: Git, revision: string, warnings: Warnings): Promise<string> {
  const commit = await optional(
    git.text('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`),
  )
  if (commit === undefined) {
    const isShallow = (await optional(git.text('rev-parse', '--is-shallow-repository')))?.trim() === 'true'
    throw new InputError(
      `--since names no commit of this clone.${isShallow ? ' It is a shallow clone: fetch that commit (fetch-depth: 0).' : ''}`,
    )
  }
  const base = await optional(git.text('merge-base', commit.trim(), 'HEAD'))
  if (base !== undefined) return base.trim()
  if ((await optional(git.text('rev-parse', '--is-shallow-repository')))?.trim() === 'true') {
    throw new InputError(
      'This shallow clone does not reach back to where HEAD and the commit of --since parted. Fetch more of it (fetch-depth: 0).',
    )
  }
  warnings.add('no-merge-base', revision)
  return commit.trim()
}

/** Undefined when git says no. */
async function optional(output: Promise<string>): Promise<string | undefined> {
  try {
    return await output
  } catch (error) {
    if (error instanceof GitError && error.reason === 'failed') return undefined
    throw error
  }
}

/** `:<old mode> <new mode> <old id> <new id> <status>`, then the name. */
function parseRaw(items: readonly string[]): ChangedFile[] {
  const files: ChangedFile[] = []
  for (let i = 0; i + 1 < items.length; i += 2) {
    const [, mode = '', , blob = '', status = ''] = items[i]!.slice(1).split(' ')
    files.push({ name: items[i + 1]!, mode, blob, status: status.slice(0, 1) })
  }
  return files
}

function relativeTo(top: string, cwd: string, paths: readonly string[]): string[] {
  return paths.map((given) => path.relative(top, path.resolve(cwd, given)) || '.')
}
