import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Document, LineCounter } from 'yaml'
import { ConfigError, foreignCode } from '../errors.js'
import type { KeyPath } from './shape.js'
import type { ConfigSource, SourcePosition } from './source.js'

export interface ParsedFile {
  readonly value: unknown
  readonly source: ConfigSource
}

/** @throws ConfigError that names the file and where it is malformed; it never quotes the file. */
export function parseFile(file: string): ParsedFile {
  switch (path.extname(file)) {
    case '.yml':
    case '.yaml':
    case '.json':
      return parseData(file, read(file))
    case '.ts':
    case '.js':
    case '.mjs':
      return { value: run(file), source: { name: file } }
    default:
      throw new ConfigError(`${file}: a configuration file is named *.ts, *.js, *.mjs, *.yml, *.yaml or *.json.`)
  }
}

/**
 * As `parseFile`, of a YAML or JSON file that was read already.
 * @throws ConfigError
 */
export function parseData(file: string, content: string): ParsedFile {
  return path.extname(file) === '.json'
    ? { value: parseJson(file, content), source: { name: file } }
    : parseYaml(file, content)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`${file}: the configuration file could not be read.`, { cause: foreignCode(error) })
  }
}

/** Loaded only when needed, as `jiti`: `check` starts often, and mostly without a configuration. */
const yaml = () => requireHere()('yaml') as typeof import('yaml')

/** Made when it is used: one file bundled as CommonJS has no `import.meta.url`. */
const requireHere = () => createRequire(import.meta.url)

function parseYaml(file: string, content: string): ParsedFile {
  const { LineCounter, parseDocument } = yaml()
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new ConfigError(`${file}:${line}:${col}: not valid YAML (${error.code}).`)
  }
  // An empty file is an empty configuration.
  const value: unknown = toData(file, document) ?? {}
  return { value, source: { name: file, positionOf: (keys) => positionOf(document, lines, keys) } }
}

/** Aliases of aliases would grow without end; the parser's own error quotes them. */
function toData(file: string, document: Document): unknown {
  try {
    return document.toJS()
  } catch {
    throw new ConfigError(`${file}: its YAML aliases cannot be resolved, or there are too many.`)
  }
}

/** Of the key that a path ends with; of its nearest parent when it stands in an alias. */
function positionOf(document: Document, lines: LineCounter, keys: KeyPath): SourcePosition | undefined {
  const { isMap, isNode, isPair, isSeq } = yaml()
  let node: unknown = document.contents
  let offset = isNode(node) ? node.range?.[0] : undefined
  for (const key of keys) {
    const next = isMap(node)
      ? node.items.find((item) => isPair(item) && String(item.key) === String(key))
      : isSeq(node)
        ? node.items[Number(key)]
        : undefined
    const anchor = isPair(next) ? next.key : next
    if (!isNode(anchor)) break
    offset = anchor.range?.[0]
    node = isPair(next) ? next.value : next
  }
  if (offset === undefined) return undefined
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

function parseJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    throw new ConfigError(`${file}: not valid JSON.`)
  }
}

/** Loaded only when needed: most configurations are data. Synchronous, since `secretSafe` is. */
function run(file: string): unknown {
  const { createJiti } = requireHere()('jiti') as typeof import('jiti')
  const load = createJiti(file, { fsCache: false })
  try {
    const exported: unknown = load(file)
    return typeof exported === 'object' && exported !== null && 'default' in exported ? exported.default : exported
  } catch (error) {
    throw new ConfigError(`${file}${lineIn(file, error)}: loading it threw ${errorName(error)}.`, {
      cause: foreignCode(error),
    })
  }
}

function errorName(error: unknown): string {
  return error instanceof Error && /^\w{1,64}$/.test(error.name) ? `a ${error.name}` : 'something'
}

function lineIn(file: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const at = stack.indexOf(`${file}:`)
  const line = at === -1 ? undefined : /^\d+/.exec(stack.slice(at + file.length + 1))?.[0]
  return line === undefined ? '' : `:${line}`
}
