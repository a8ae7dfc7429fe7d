/**
 * A value as text, for comparing what two runs of a graph let their user see: types, order and identity of containers
 * are kept; ids and times, which differ from run to run, become numbered marks.
 */
export function render(value: unknown): string {
  return new Rendering().text(value, '')
}

const VOLATILE_KEYS = new Set(['ts', 'createdAt', 'created_at', 'timestamp', 'stack'])

type Item = readonly [label: string, value: unknown]

class Rendering {
  readonly #open = new Set<object>()

  text(value: unknown, indent: string): string {
    if (typeof value === 'string') return JSON.stringify(value)
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value === 'function') return '[function]'
    if (typeof value !== 'object' || value === null) return String(value)
    if (this.#open.has(value)) return '[circular]'
    this.#open.add(value)
    try {
      return this.#object(value, indent)
    } finally {
      this.#open.delete(value)
    }
  }

  #object(value: object, indent: string): string {
    if (isWrapper(value)) return this.text(value.expose(), indent)
    if (value instanceof RegExp || value instanceof URL)
      return `${value.constructor.name} ${JSON.stringify(String(value))}`
    if (value instanceof Date) return `Date ${JSON.stringify(value)}`
    if (ArrayBuffer.isView(value)) return `${value.constructor.name} ${JSON.stringify(bytesText(value))}`
    if (Array.isArray(value)) return this.#list('', '[]', value.map(unlabelled), indent)
    if (value instanceof Set) return this.#list('Set ', '[]', [...value].map(unlabelled), indent)
    if (value instanceof Map) return this.#list('Map ', '{}', this.#entries([...value], indent), indent)
    const fields = Object.entries(value).filter(
      ([key, field]) => !VOLATILE_KEYS.has(key) && typeof field !== 'function',
    )
    if (value instanceof Error) fields.unshift(['name', value.name], ['message', value.message])
    return this.#list(typeName(value), '{}', this.#entries(fields, indent), indent)
  }

  #entries(entries: readonly (readonly [unknown, unknown])[], indent: string): Item[] {
    return entries.map(([key, field]) => [`${this.text(key, `${indent}  `)}: `, field])
  }

  #list(type: string, brackets: '[]' | '{}', items: readonly Item[], indent: string): string {
    const [open, close] = [brackets[0], brackets[1]]
    if (items.length === 0) return `${type}${open}${close}`
    const inner = `${indent}  `
    const lines = items.map(([label, item]) => `${inner}${label}${this.text(item, inner)}`)
    return `${type}${open}\n${lines.join('\n')}\n${indent}${close}`
  }
}

function unlabelled(item: unknown): Item {
  return ['', item]
}

function typeName(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name
  return typeof name !== 'string' || name === 'Object' ? '' : `${name} `
}

function isWrapper(value: object): value is { expose(): unknown } {
  return 'expose' in value && typeof value.expose === 'function'
}

function bytesText(view: ArrayBufferView): string {
  return new TextDecoder('latin1').decode(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
}

/** Ids of runs, checkpoints, tasks, messages and interrupts, and times, in the order in which they appear. */
const VOLATILE =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b|\d{4}-\d\d-\d\dT[\d:.]+Z/g

export function maskVolatile(text: string): string {
  const seen = new Map<string, string>()
  return text.replace(VOLATILE, (id) => {
    const mark = seen.get(id) ?? `<${id.endsWith('Z') ? 'time' : `id ${seen.size + 1}`}>`
    seen.set(id, mark)
    return mark
  })
}
