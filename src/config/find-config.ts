import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { ConfigError } from '../errors.js'

const NAMES = ['ts', 'mjs', 'js', 'yml', 'yaml', 'json'].map((extension) => `secret-safe.config.${extension}`)

/**
 * The configuration file of a directory, or of the nearest one above it. The search ends at a repository's root, at the
 * home directory and at the file system's root: a file that anyone may have put further up is not the project's.
 * @throws ConfigError if a directory holds two.
 */
export function findConfig(from: string): string | undefined {
  for (let directory = path.resolve(from); ; directory = path.dirname(directory)) {
    const found = NAMES.filter((name) => isFile(path.join(directory, name)))
    if (found.length > 1) throw new ConfigError(`${directory} holds ${found.join(' and ')}; keep one of them.`)
    if (found[0] !== undefined) return path.join(directory, found[0])
    const isLast = directory === path.dirname(directory) || directory === homedir()
    if (isLast || existsSync(path.join(directory, '.git'))) return undefined
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true
}
