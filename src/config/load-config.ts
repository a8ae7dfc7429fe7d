import path from 'node:path'
import { ConfigError } from '../errors.js'
import type { SecretSafeConfig } from './config.js'
import { findConfig } from './find-config.js'
import { parseFile } from './parse-file.js'
import { validateConfig } from './validate.js'

export interface LoadConfigOptions {
  /** The file itself; goes before `SECRET_SAFE_CONFIG`, which goes before the search. */
  readonly file?: string | undefined
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

export interface LoadedConfig {
  /** Absolute; undefined when there is none, and the configuration is empty. */
  readonly file: string | undefined
  readonly config: SecretSafeConfig
}

/**
 * Finds, reads and checks the one configuration file.
 * @throws ConfigError that names the file, the key path and, in YAML, the line.
 */
export function loadConfig(options: LoadConfigOptions = {}): LoadedConfig {
  const { cwd = process.cwd(), env = process.env } = options
  const named = options.file ?? (env.SECRET_SAFE_CONFIG?.trim() || undefined)
  const file = named === undefined ? findConfig(cwd) : path.resolve(cwd, named)
  if (file === undefined) return { file, config: {} }
  const { value, source } = parseFile(file)
  if (typeof value !== 'object' || value === null) {
    throw new ConfigError(`${file}: expected a configuration object; a module exports it as its default.`)
  }
  return { file, config: fromDirectory(validateConfig(value, source), path.dirname(file)) }
}

/** A relative path means the same wherever below the file the process was started. */
function fromDirectory(config: SecretSafeConfig, directory: string): SecretSafeConfig {
  const { vault, policy } = config
  const { address, keyStore } = vault ?? {}
  const resolved = {
    ...(address === undefined ? {} : { address: resolveAddress(address, directory) }),
    ...(keyStore === undefined ? {} : { keyStore: resolveAddress(keyStore, directory) }),
  }
  return {
    ...config,
    ...(Object.keys(resolved).length === 0 ? {} : { vault: { ...vault, ...resolved } }),
    ...(policy?.file === undefined ? {} : { policy: { ...policy, file: path.resolve(directory, policy.file) } }),
  }
}

function resolveAddress(address: string, directory: string): string {
  const match = /^(?:sqlite:)?(?![a-z][a-z0-9+.-]+:|:memory:$)(.+)$/i.exec(address)
  return match === null || path.isAbsolute(match[1]!) ? address : `sqlite:${path.resolve(directory, match[1]!)}`
}
