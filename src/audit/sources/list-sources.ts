import { lstatSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, StoreUnreadableError } from '../../errors.js'
import { isSqlite } from './file/sniff.js'
import { filesIn } from './file/walk-directory.js'
import type { SourceSpec } from './source.js'

/** Schemes of stores that are read through a dump, and how to make one. */
const BY_DUMP: Readonly<Record<string, string>> = {
  mongodb: 'mongoexport or mongodump',
  'mongodb+srv': 'mongoexport or mongodump',
  redis: 'a JSON export of its checkpoint keys',
  rediss: 'a JSON export of its checkpoint keys',
}

/**
 * What an address stands for. A directory is its files, and each SQLite file in it a store of its own.
 * @throws ConfigError for an address of a kind that is not read; StoreUnreadableError for a path where nothing is.
 */
export async function listSources(address: string, schema: string | undefined): Promise<readonly SourceSpec[]> {
  if (address === '-') return [{ type: 'stdin' }]
  if (/^postgres(?:ql)?:\/\//.test(address)) {
    return [{ type: 'postgres', address, ...(schema === undefined ? {} : { schema }) }]
  }
  const scheme = /^([a-z][a-z0-9+.-]+):\/?\/?/i.exec(address)?.[1]?.toLowerCase()
  if (scheme !== undefined && Object.hasOwn(BY_DUMP, scheme)) {
    throw new ConfigError(
      `A ${scheme} store is read through a dump: make one with ${BY_DUMP[scheme]}, and audit that file.`,
    )
  }
  const file = address.replace(/^(?:sqlite|file):(?:\/\/(?=\/))?/, '')
  const stats = statsOf(file)
  if (stats.isDirectory()) return inDirectory(path.resolve(file))
  if (!stats.isFile() && !stats.isFIFO() && !stats.isCharacterDevice()) {
    throw new StoreUnreadableError('That path is neither a file nor a directory.')
  }
  return [stats.isFile() && isSqlite(file) ? { type: 'sqlite', file } : { type: 'file', file }]
}

function statsOf(file: string): Stats {
  try {
    return statSync(file)
  } catch {
    const dangling = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true
    throw new StoreUnreadableError(
      dangling
        ? 'That path is a link to nowhere, or to itself.'
        : 'There is nothing to audit at that path, or it may not be read.',
    )
  }
}

async function inDirectory(root: string): Promise<readonly SourceSpec[]> {
  const specs: SourceSpec[] = [{ type: 'directory', root }]
  for await (const file of filesIn(root, () => undefined)) if (isSqlite(file)) specs.push({ type: 'sqlite', file })
  return specs
}
