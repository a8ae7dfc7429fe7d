import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type NewRule, ruleFile, withProvider } from './new-rule-files.js'

const RULES = 'src/rules'
const USAGE = `npm run new:rule -- <folder>/<provider> [--id acme-api-key] [--title "Acme API key"] [--link https://…]
  [--prefix acme_] [--provider "Acme"] [--no-test]

Writes ${RULES}/<folder>/<provider>.ts, adds it to the folder's index and tries its examples. What is left out is asked for.`

/** Scaffolds a provider's rule file, so that the first thing to write is what its page says. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      title: { type: 'string' },
      link: { type: 'string' },
      prefix: { type: 'string' },
      provider: { type: 'string' },
      'no-test': { type: 'boolean' },
    },
  })
  const [folder = '', slug = ''] = (positionals[0] ?? '').split('/')
  const folders = readdirSync(RULES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  if (!folders.some(({ name }) => name === folder)) {
    throw new Error(`give a folder (${folders.map(({ name }) => name).join(', ')}) and a provider.\n\n${USAGE}`)
  }
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)) throw new Error(`"${slug}" is no file name in lower case with hyphens.`)
  const file = path.join(RULES, folder, `${slug}.ts`)
  if (existsSync(file)) throw new Error(`${file} exists; add a rule to it.`)

  const ask = asker()
  const provider = values.provider ?? capital(slug)
  const rule: NewRule = {
    slug,
    provider,
    id: values.id ?? (await ask('Rule id', `${slug}-api-key`)),
    title: values.title ?? (await ask('Title', `${provider} API key`)),
    link: values.link ?? (await ask('The provider’s page that states the format', '')),
    prefix: values.prefix ?? (await ask('Prefix of every credential, if there is one', '')),
  }
  ask.close()
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(rule.id)) throw new Error(`"${rule.id}" is not written as provider-what.`)
  if (!rule.link.startsWith('https://')) throw new Error('a rule rests on a page: give an https link.')
  if (rule.prefix !== '' && rule.prefix.length < 3) throw new Error('a prefix has three characters or more.')

  const index = path.join(RULES, folder, 'index.ts')
  const nextIndex = withProvider(readFileSync(index, 'utf8'), slug)
  writeFileSync(file, ruleFile(rule))
  writeFileSync(index, nextIndex)
  run('biome', ['check', '--write', file, index])
  process.stdout.write(`wrote ${file}\n`)
  if (values['no-test']) return 0
  const tried = run('vitest', ['run', '--project', 'unit', 'test/rules/stock-rules.test.ts', '-t', rule.id])
  process.stdout.write(`\nNow write down what the page says, then: npm run generate && npm run check\n`)
  return tried
}

/** Asks where somebody can answer; takes the default where nobody can. */
function asker() {
  const lines = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : undefined
  const ask = async (question: string, fallback: string): Promise<string> => {
    if (lines === undefined) return fallback
    const answer = await lines.question(`${question}${fallback === '' ? '' : ` [${fallback}]`}: `)
    return answer.trim() || fallback
  }
  return Object.assign(ask, { close: () => lines?.close() })
}

function run(command: string, args: readonly string[]): number {
  const bin = path.join('node_modules/.bin', command)
  return spawnSync(bin, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1
}

function capital(slug: string): string {
  return slug.replace(/(?:^|-)(\w)/g, (part: string) => part.replace('-', ' ').toUpperCase())
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`new:rule: ${(error as Error).message}\n`)
  process.exitCode = 1
}
