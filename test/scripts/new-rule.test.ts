import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameOf, withProvider } from '../../scripts/new-rule-files.js'

const TSX = path.resolve('node_modules/tsx/dist/cli.mjs')
const BIOME = path.resolve('node_modules/.bin/biome')
const COPIED = [
  'src',
  'scripts',
  'test/rules',
  'package.json',
  'tsconfig.json',
  'biome.json',
  'vitest.config.ts',
  '.gitignore',
]
let copy: string

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'secret-safe-new-rule-'))
  for (const name of COPIED) cpSync(name, path.join(copy, name), { recursive: true })
  symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const run = (bin: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve) => {
    const child = execFile(bin, args, { cwd: copy, env: { ...process.env, NO_COLOR: '1' } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    )
    child.stdin?.end()
  })
const newRule = (...args: string[]) => run(process.execPath, [TSX, 'scripts/new-rule.ts', ...args])
const read = (file: string): string => readFileSync(path.join(copy, file), 'utf8')
const LINK = ['--link', 'https://docs.example.com/keys']

describe('npm run new:rule', () => {
  it('writes a rule whose examples are found, adds it in alphabetical order, and passes the linter', async () => {
    const flags = ['--id', 'mnemo-bot-key', '--title', "Mnemo's bot key", '--prefix', 'mnemo.v1/']
    const { code, output } = await newRule('models/mnemo-bot', ...flags, ...LINK)
    expect(output).toMatch(/Tests\s+[1-9]\d* passed/)
    expect(code).toBe(0)
    expect(read('src/rules/models/mnemo-bot.ts')).toContain('anchors: [')
    const index = read('src/rules/models/index.ts')
    const names = [...index.matchAll(/^ {2}\.\.\.(\w+),$/gm)].map(([, name]) => name!.toLowerCase())
    const at = names.indexOf('mnemobot')
    expect(names[at - 1]! < 'mnemobot' && names[at + 1]! > 'mnemobot').toBe(true)
    expect(await run(BIOME, ['check', 'src/rules'])).toMatchObject({ code: 0 })
  })

  it('writes a rule that rests on its context where there is no prefix', async () => {
    const { code, output } = await newRule('services/quuxly', ...LINK)
    expect({ code, output }).toMatchObject({ code: 0 })
    expect(read('src/rules/services/quuxly.ts')).toContain("id: 'quuxly-api-key'")
    expect(await run(BIOME, ['check', 'src/rules'])).toMatchObject({ code: 0 })
  })

  it.each([
    ['no folder', ['acme'], 'give a folder (cloud, devtools, formats, models, services)'],
    ['a folder that is not there', ['else/acme', ...LINK], 'give a folder'],
    ['a file name in another style', ['models/Acme', ...LINK], 'is no file name'],
    ['a provider that is there', ['models/groq', ...LINK], 'groq.ts exists'],
    ['no page', ['models/acme'], 'a rule rests on a page'],
    ['an id in another style', ['models/acme', '--id', 'acme', ...LINK], 'not written as provider-what'],
    ['a prefix that is too short', ['models/acme', '--prefix', 'a_', ...LINK], 'three characters or more'],
  ])('refuses %s, and writes nothing', async (_, args, message) => {
    const before = read('src/rules/models/index.ts')
    const { code, output } = await newRule(...args)
    expect(code).toBe(1)
    expect(output).toContain(message)
    expect(read('src/rules/models/index.ts')).toBe(before)
  })

  it('does not touch an index that it cannot read', () => {
    expect(() => withProvider('export const a = []\n', 'acme')).toThrow('not written as expected')
    expect(() => withProvider("import { acme } from './acme.js'\n", 'acme')).toThrow('already')
    expect(nameOf('1password-bot')).toBe('_1passwordBot')
  })
})
