import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * Imports run one way (docs/architecture.md). A back edge would sooner or later put a driver into a browser's bundle or
 * LangGraph into the vault. Files at the top of `src` are named by themselves; the entries may import anything.
 */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  'load-optional': ['errors'],
  detect: ['errors'],
  rules: ['detect'],
  // For the templates of examples.
  'detect-entry': ['errors', 'detect', 'rules', 'testing'],
  seal: ['errors', 'load-optional'],
  ledger: ['errors', 'detect', 'seal'],
  access: ['errors', 'load-optional', 'detect', 'seal'],
  vault: ['errors', 'load-optional', 'detect', 'seal', 'ledger', 'access'],
  config: ['errors', 'detect', 'detect-entry', 'seal', 'access'],
  saver: ['errors', 'load-optional', 'detect', 'detect-entry', 'seal', 'ledger', 'access', 'vault', 'config'],
  audit: ['errors', 'load-optional', 'detect', 'detect-entry', 'seal', 'ledger', 'access', 'vault', 'config'],
  agent: ['errors', 'load-optional', 'detect', 'detect-entry', 'ledger', 'access', 'vault', 'config', 'saver'],
  cli: ['errors', 'load-optional', 'detect', 'detect-entry', 'seal', 'ledger', 'access', 'vault', 'config', 'audit'],
}
const ENTRIES = ['index', 'linear', 'sqlite', 'postgres', 'redis', 'testing']

/** Who may import a package at run time; whatever is not here, nobody may. Types may be imported anywhere. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@cedar-policy/cedar-wasm': ['access/policy/cedar.ts'],
  '@aws-sdk/client-kms': ['seal/keys/aws-kms.ts'],
  '@langchain/core': ['saver/', 'agent/', 'testing/'],
  '@langchain/langgraph': ['agent/', 'testing/'],
  '@langchain/langgraph-checkpoint': ['saver/', 'agent/', 'testing/'],
  langchain: ['testing/'],
  '@opentelemetry/api': ['ledger/telemetry.ts'],
  '@msgpack/msgpack': ['audit/decode/parse-msgpack.ts'],
  'better-sqlite3': ['vault/stores/sqlite-driver.ts'],
  pg: ['vault/stores/postgres-pool.ts'],
  ioredis: ['vault/stores/redis-connection.ts'],
  jose: ['access/identity/key-set.ts'],
  bson: ['audit/sources/file/read-bson.ts'],
  'cli-progress': ['cli/'],
  commander: ['cli/'],
  fzstd: ['audit/unpack.ts'],
  'graphene-pk11': ['seal/keys/pkcs11-library.ts'],
  jiti: ['config/parse-file.ts'],
  re2js: ['linear.ts'],
  yaml: ['config/parse-file.ts'],
  vitest: ['testing/'],
  zod: ['testing/'],
}
/** For any runtime. */
const PURE = ['errors', 'load-optional', 'detect', 'rules', 'detect-entry', 'linear']

interface Import {
  readonly file: string
  readonly part: string
  readonly target: string
  readonly typeOnly: boolean
}

const SRC = path.resolve('src')
const partOf = (file: string): string => file.split('/')[0]!.replace(/\.ts$/, '')

const imports: Import[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => {
    const source = readFileSync(path.join(SRC, file), 'utf8').replace(/^\s*(?:\*|\/\/).*$/gm, '')
    const found = source.matchAll(
      /^(?:import|export)\b(?! (?:const|function|class|interface|type \w+ =))[^'\n;]*?(?:\n[^'\n]*)*?from '([^']+)'|import\('([^']+)'\)/gm,
    )
    return [...found].map((match) => ({
      file,
      part: partOf(file),
      target: match[1] ?? match[2]!,
      typeOnly: /^(?:import|export) type\b/.test(match[0]),
    }))
  })
const inside = imports.filter(({ target }) => target.startsWith('.'))
const outside = imports.filter(({ target }) => !target.startsWith('.'))
const show = ({ file, target }: Import): string => `${file} imports ${target}`

describe('imports', () => {
  it('are all seen by this check', () => {
    expect(imports.length).toBeGreaterThan(300)
    expect(outside.some(({ target }) => target === 'pg')).toBe(true)
    const parts = new Set(imports.map(({ part }) => part))
    expect([...parts].filter((part) => !(part in ORDER) && !ENTRIES.includes(part))).toEqual([])
  })

  it('run one way between folders', () => {
    const wrong = inside.filter(({ file, part, target }) => {
      if (ENTRIES.includes(part)) return false
      const to = partOf(path.join(path.dirname(file), target).replace(/\.js$/, '.ts'))
      return to !== part && !ORDER[part]!.includes(to)
    })
    expect(wrong.map(show)).toEqual([])
  })

  it('take no module of Node into what runs in a browser', () => {
    const loaded = outside.filter(({ part, typeOnly }) => PURE.includes(part) && !typeOnly)
    expect(loaded.map(show)).toEqual(['linear.ts imports re2js'])
  })

  it('load LangGraph, drivers and everything else at run time only where they belong', () => {
    const wrong = outside.filter(({ file, target, typeOnly }) => {
      if (typeOnly || target.startsWith('node:')) return false
      const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0]!
      return !(PACKAGES[name] ?? []).some((place) => file.startsWith(place))
    })
    expect(wrong.map(show)).toEqual([])
  })
})
