import { closeSync, existsSync, openSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, foreignCode } from '../../errors.js'

const MEMORY = ':memory:'
/** Only its owner may read a vault; SQLite gives -wal and -shm the mode of the file itself. */
const FILE_MODE = 0o600

/**
 * @param connString `vault.db`, `sqlite:./vault.db`, `sqlite:///var/lib/vault.db` or `:memory:`.
 * @throws ConfigError if it is empty or names another kind of database.
 */
export function parseSqliteConnString(connString: string): string {
  const file = connString.replace(/^sqlite:(?:\/\/(?=\/))?/, '')
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(file)?.[1]
  if (file === '' || (scheme !== undefined && file !== MEMORY)) {
    throw new ConfigError(
      `A SQLite vault is given as a path, "sqlite:<path>" or ":memory:"; got ${scheme === undefined ? 'an empty string' : `the scheme "${scheme}:"`}.`,
    )
  }
  return file
}

/**
 * Makes the file with its mode before SQLite would make it with the umask's.
 * @throws ConfigError if its directory is missing, the file is missing and must not be made, or may not be opened.
 */
export function prepareSqliteFile(file: string, readOnly: boolean): void {
  if (file === MEMORY) return
  const directory = path.dirname(path.resolve(file))
  if (!existsSync(directory)) {
    throw new ConfigError(`The directory of the vault file does not exist: ${directory}. Create it first.`)
  }
  if (existsSync(file)) return
  if (readOnly) throw new ConfigError(`There is no vault file to open read-only: ${path.resolve(file)}.`)
  try {
    closeSync(openSync(file, 'a', FILE_MODE))
  } catch (error) {
    throw new ConfigError(`The vault file could not be created: ${path.resolve(file)}.`, { cause: foreignCode(error) })
  }
}
