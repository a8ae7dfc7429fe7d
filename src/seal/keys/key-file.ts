import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { foreignCode, KeyInvalidError } from '../../errors.js'

const OTHERS = 0o077
const WORLD_WRITABLE = 0o002
const STICKY = 0o1000
/** Windows has no such modes; Node reports every file as open to all there. */
const HAS_MODES = process.platform !== 'win32'

/** @throws KeyInvalidError if the file cannot be read, or if anyone but its owner may read or write it. */
export function readKeyFile(file: string): string {
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch (error) {
    throw new KeyInvalidError(`The key file ${file} could not be opened (${foreignCode(error)?.code ?? 'unknown'}).`)
  }
  try {
    const { mode } = fstatSync(fd)
    if (HAS_MODES && (mode & OTHERS) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(4, '0')
      throw new KeyInvalidError(`The key file ${file} has mode ${octal}: others may use it. Run: chmod 600 ${file}`)
    }
    return readFileSync(fd, 'utf8').trim()
  } finally {
    closeSync(fd)
  }
}

/**
 * Writes a key to a new file of mode 0600; a missing directory is made with mode 0700, and kept out of git.
 * @throws KeyInvalidError if the file exists, or if everyone may write to its directory.
 */
export function writeKeyFile(file: string, key: string): void {
  const directory = path.dirname(path.resolve(file))
  const made = mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (made !== undefined) writeFileSync(path.join(directory, '.gitignore'), '*\n')
  const { mode } = statSync(directory)
  if (HAS_MODES && (mode & WORLD_WRITABLE) !== 0 && (mode & STICKY) === 0) {
    throw new KeyInvalidError(
      `Everyone may write to ${directory}, and so replace a key in it. Choose another directory.`,
    )
  }
  try {
    writeFileSync(file, `${key}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const code = foreignCode(error)?.code
    throw new KeyInvalidError(
      code === 'EEXIST'
        ? `${file} exists already. A vault cannot be read without its key, so it is never overwritten.`
        : `The key file ${file} could not be written (${code ?? 'unknown'}).`,
    )
  }
}
