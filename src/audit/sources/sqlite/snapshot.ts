import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A file to open in place of the store, and what is to be done afterwards. */
export interface Snapshot {
  readonly file: string
  readonly readOnly: boolean
  /** True when the store has changed since, so that what was read may be torn. */
  hasChanged(): boolean
  remove(): void
}

const WAL_FORMAT_OFFSET = 18
const WAL_HEADER_BYTES = 32
const MAX_COPIES = 3

/**
 * SQLite writes beside a database that it only reads: it makes `-wal` and `-shm` files for one in WAL mode, and plays back a
 * journal. So that the store's files stay byte for byte as they are, such a database is opened through a directory of our
 * own: linked where nobody has it open, else copied until no writer came between.
 */
export function takeSnapshot(file: string): Snapshot {
  const real = path.resolve(file)
  if (!needsDirectory(real)) return { file: real, readOnly: true, hasChanged: () => false, remove: () => undefined }
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-audit-'))
  const target = path.join(directory, 'store.db')
  const remove = () => rmSync(directory, { recursive: true, force: true })
  try {
    const isOpen = existsSync(`${real}-shm`)
    const linked = !isOpen && !existsSync(`${real}-journal`) && isLinked(real, target)
    const taken = linked ? stateOf(real) : undefined
    if (linked) copyBeside(real, target, '-wal')
    else copyWhole(real, target)
    const hasChanged = () => taken !== undefined && stateOf(real) !== taken
    return { file: target, readOnly: false, hasChanged, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** One that another thread took, and removes. */
export function givenSnapshot(file: string): Snapshot {
  return { file, readOnly: true, hasChanged: () => false, remove: () => undefined }
}

function needsDirectory(file: string): boolean {
  if (existsSync(`${file}-journal`) || existsSync(`${file}-wal`)) return true
  const header = readStart(file, WAL_FORMAT_OFFSET + 2)
  return header[WAL_FORMAT_OFFSET] === 2 || header[WAL_FORMAT_OFFSET + 1] === 2
}

/** A second name in a directory of ours costs no copy; another file system or another owner may forbid it. */
function isLinked(file: string, target: string): boolean {
  try {
    linkSync(file, target)
    return true
  } catch {
    return false
  }
}

function copyWhole(file: string, target: string): void {
  for (let i = 0; i < MAX_COPIES; i++) {
    const before = stateOf(file)
    copyFileSync(file, target, constants.COPYFILE_FICLONE)
    for (const suffix of ['-wal', '-journal']) copyBeside(file, target, suffix)
    if (stateOf(file) === before) return
  }
}

function copyBeside(file: string, target: string, suffix: string): void {
  if (existsSync(file + suffix)) copyFileSync(file + suffix, target + suffix)
}

/** Differs once pages were written in place: until then a log of writes only grows, and its torn end is passed over. */
function stateOf(file: string): string {
  const { mtimeNs, size, ino } = statSync(file, { bigint: true })
  const wal = existsSync(`${file}-wal`) ? readStart(`${file}-wal`, WAL_HEADER_BYTES).toString('hex') : ''
  return `${ino}:${size}:${mtimeNs}:${wal}`
}

function readStart(file: string, length: number): Buffer {
  const fd = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(fd, bytes, 0, length, 0))
  } finally {
    closeSync(fd)
  }
}
