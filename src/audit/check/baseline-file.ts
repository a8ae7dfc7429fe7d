import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, foreignCode } from '../../errors.js'
import { toBase64Url } from '../../seal/bytes.js'
import { Baseline, type BaselineEntry } from './baseline.js'

export const BASELINE_NAME = '.secret-safe-baseline.json'
const FORMAT = 'langgraph-secret-safe/baseline@1'
/** Sorts behind every entry, so that adding one never touches another line; what is after it is nothing. */
const END = '~'
/** The path stands last: it alone may hold blanks, and is written as JSON writes it. */
const ENTRY = /^([a-z0-9]+(?:-[a-z0-9]+)+) ([A-Za-z0-9_-]{43}) ([\s\S]+)$/

/** The baseline of a directory, or of the nearest one above it within the repository; where it would be made, else. */
export function findBaseline(from: string): string {
  for (let directory = from; ; directory = path.dirname(directory)) {
    const file = path.join(directory, BASELINE_NAME)
    if (existsSync(file)) return file
    const isLast = directory === path.dirname(directory) || existsSync(path.join(directory, '.git'))
    if (isLast) return path.join(from, BASELINE_NAME)
  }
}

/** Undefined when there is none. @throws ConfigError that never quotes the file. */
export function readBaseline(file: string): Baseline | undefined {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new ConfigError(`${file}: the baseline could not be read.`, { cause: foreignCode(error) })
  }
  return parseBaseline(content, file)
}

function parseBaseline(content: string, file: string): Baseline {
  if (/^(?:<{7}|={7}|>{7})/m.test(content)) throw new ConfigError(`${file}: the baseline holds a merge conflict.`)
  let value: { format?: unknown; salt?: unknown; entries?: unknown }
  try {
    value = JSON.parse(content) as typeof value
  } catch {
    throw new ConfigError(`${file}: the baseline is not valid JSON.`)
  }
  if (value?.format !== FORMAT) throw new ConfigError(`${file}: expected a baseline of format ${FORMAT}.`)
  const { salt, entries } = value
  if (typeof salt !== 'string' || !/^[A-Za-z0-9_-]{22}$/.test(salt) || !Array.isArray(entries)) {
    throw new ConfigError(`${file}: expected a baseline with a salt and a list of entries.`)
  }
  const lines = entries.filter((entry) => entry !== END)
  return new Baseline(
    Buffer.from(salt, 'base64url'),
    lines.map((line: unknown, i) => parseEntry(line) ?? refuse(file, i)),
  )
}

function refuse(file: string, index: number): never {
  throw new ConfigError(`${file}: entry ${index} is not one that --update-baseline wrote.`)
}

function parseEntry(line: unknown): BaselineEntry | undefined {
  const match = typeof line === 'string' ? ENTRY.exec(line) : null
  return match === null ? undefined : { ruleId: match[1]!, fingerprint: match[2]!, path: match[3]! }
}

/** One entry on each line, sorted, so that two branches that add some merge. */
export function formatBaseline({ salt, entries }: Baseline): string {
  const lines = entries.map(({ ruleId, fingerprint, path }) => `${ruleId} ${fingerprint} ${path}`)
  const sorted = [...new Set(lines)].sort(byPath)
  return [
    '{',
    `  "format": ${JSON.stringify(FORMAT)},`,
    `  "salt": ${JSON.stringify(toBase64Url(salt))},`,
    '  "entries": [',
    ...[...sorted, END].map((line) => `    ${JSON.stringify(line)}${line === END ? '' : ','}`),
    '  ]',
    '}',
    '',
  ].join('\n')
}

function byPath(a: string, b: string): number {
  const key = (line: string) => {
    const [, ruleId, fingerprint, path] = ENTRY.exec(line)!
    return [path!, ruleId!, fingerprint!].join('\0')
  }
  return key(a) < key(b) ? -1 : 1
}

/** Whole or not at all. @throws ConfigError */
export function writeBaseline(file: string, baseline: Baseline): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, formatBaseline(baseline))
    renameSync(temporary, file)
  } catch (error) {
    throw new ConfigError(`${file}: the baseline could not be written.`, { cause: foreignCode(error) })
  }
}
