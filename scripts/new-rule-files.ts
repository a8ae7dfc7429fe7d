/** What a new rule is called and looks for. */
export interface NewRule {
  /** As in `src/rules/<folder>/<slug>.ts`. */
  readonly slug: string
  readonly provider: string
  readonly id: string
  readonly title: string
  readonly link: string
  /** Literal that every credential begins with; without one the rule rests on its context. */
  readonly prefix: string
}

/** The file of a provider with one rule, to be filled in from the provider's page. */
export function ruleFile(rule: NewRule): string {
  const { slug, provider, id, title, link, prefix } = rule
  const imports = prefix === '' ? ["import { credentialOf } from '../context.js'"] : []
  return `${[...imports, "import { defineRules } from '../define.js'"].join('\n')}

export const ${nameOf(slug)} = defineRules({ provider: ${quote(provider)}, link: ${quote(link)} }, [
  {
    id: ${quote(id)},
    title: ${quote(title)},
${prefix === '' ? byContext(slug) : byPrefix(prefix)}
  },
])
`
}

function byPrefix(prefix: string): string {
  const escaped = prefix.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return `    definition: { anchors: [${quote(prefix)}], pattern: ${quote(`${escaped}[A-Za-z0-9]{32}`)} },
    examples: [${quote(`${prefix}{{base62:32}}`)}],
    nonExamples: [${quote(`${prefix}{{base62:12}}`)}],`
}

function byContext(slug: string): string {
  return `    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf([${quote(slug.replaceAll('-', ' '))}]),
    examples: ['{{base62:32}}'],
    nonExamples: ['{{base62:12}}'],`
}

/**
 * A folder's index with one more provider, in alphabetical order.
 * @throws Error if the index is not written as expected, or has the provider already.
 */
export function withProvider(index: string, slug: string): string {
  const name = nameOf(slug)
  const lines = index.split('\n')
  if (lines.some((line) => line.endsWith(`from './${slug}.js'`))) throw new Error(`the index has "${slug}" already`)
  const importLine = `import { ${name} } from './${slug}.js'`
  const spread = `  ...${name},`
  return insertSorted(
    insertSorted(lines, /^import \{ \w+ \} from '\.\/(.+)\.js'$/, slug, importLine),
    /^ {2}\.\.\.(\w+),$/,
    name,
    spread,
  ).join('\n')
}

function insertSorted(lines: readonly string[], pattern: RegExp, key: string, line: string): readonly string[] {
  const entries = lines.flatMap((text, at) => {
    const found = pattern.exec(text)?.[1]
    return found === undefined ? [] : [{ at, key: found }]
  })
  if (entries.length === 0) throw new Error('the index is not written as expected')
  const next = entries.find((entry) => entry.key.toLowerCase() > key.toLowerCase())
  const at = next?.at ?? entries.at(-1)!.at + 1
  return [...lines.slice(0, at), line, ...lines.slice(at)]
}

/** `bright-data` → `brightData`; a digit cannot begin a name. */
export function nameOf(slug: string): string {
  const name = slug.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  return /^\d/.test(name) ? `_${name}` : name
}

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
