import type { Allowed } from '../../detect/allow-list.js'
import { BUILT_IN } from '../../detect/built-in.js'
import { bytesToText, scanByteText } from '../../detect/byte-text.js'
import type { Detector } from '../../detect/detector.js'
import { rewrite } from '../../detect/rewrite.js'
import type { Hit } from '../../detect/types.js'
import { LimitError } from '../../errors.js'
import { jsonSpans, keyAt, offsetInJson, valueAt } from './json-spans.js'
import type { WatchedDetector } from './watched-detector.js'

/** A hit in a value that was read with its structure. */
export interface JsonHit {
  readonly hit: Hit
  readonly path: readonly (string | number)[]
  readonly inKey: boolean
  /** Offsets of the stored run in the text. */
  readonly start: number
  readonly end: number
}

export interface JsonScan {
  readonly hits: readonly JsonHit[]
  /** Runs that the allow list lets stay: nothing else may report them. */
  readonly allowed: readonly { readonly start: number; readonly end: number }[]
}

interface Found {
  readonly hit: Hit
  readonly path: readonly (string | number)[]
  readonly kind: 'text' | 'list' | 'key'
  readonly key?: string
}

/**
 * Finds secrets in one JSON document as the saver would in the value: with the names of fields, paths, and what stands
 * beside them. Undefined when the text is no JSON, or is nested too deep.
 */
export function scanJson(text: string, watched: WatchedDetector): JsonScan | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const { result: found, allowed } = watched.watch(() => hitsIn(value, watched.detector))
    return found.length === 0 && allowed.length === 0 ? NOTHING : placed(text, found, allowed)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof LimitError) return undefined
    throw error
  }
}

const NOTHING: JsonScan = { hits: [], allowed: [] }

function hitsIn(value: unknown, { scanner, fields }: Detector): Found[] {
  const found: Found[] = []
  const marked = (secret: string): readonly Hit[] => [
    { rule: BUILT_IN.fieldPath, confidence: 'certain', start: 0, end: secret.length, encodings: [], secret },
  ]
  rewrite(value, {
    text: (text, at) => {
      const hits = fields.matches(at.path) ? marked(text) : scanner.scan(text, at)
      for (const hit of hits) found.push({ hit, path: [...at.path], kind: 'text' })
      return text
    },
    whole: (content, at, whole) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      const hits = fields.matches(at.path) ? marked(bytesToText(bytes, 'narrow')) : scanByteText(scanner, bytes, at)
      for (const hit of hits) found.push({ hit, path: [...at.path], kind: 'list' })
      return whole
    },
    key: (key, at) => {
      for (const hit of scanner.scan(key)) found.push({ hit, path: [...at.path], kind: 'key', key })
      return key
    },
  })
  return found
}

function placed(text: string, found: readonly Found[], allowed: readonly Allowed[]): JsonScan {
  const wanted = new Set<string>()
  for (const { hit, path, kind, key } of found) {
    if (kind === 'key') wanted.add(keyAt(path, key!))
    else for (const name of namesOf(path, hit)) wanted.add(name)
  }
  for (const { finding } of allowed) for (const name of namesOf(finding.path, finding)) wanted.add(name)
  const spans = jsonSpans(text, wanted)
  const runOf = (names: readonly string[], { start, end }: Pick<Hit, 'start' | 'end'>) => {
    const own = spans.get(names[0]!)
    if (own !== undefined) {
      return { start: offsetInJson(text, own.start, start), end: offsetInJson(text, own.start, end) }
    }
    const [first, last] = [spans.get(names[1] ?? ''), spans.get(names[2] ?? '')]
    return { start: first?.start ?? 0, end: last?.end ?? first?.end ?? 0 }
  }
  return {
    hits: found.map(({ hit, path, kind, key }) => {
      const names = kind === 'key' ? [keyAt(path, key!)] : namesOf(path, hit)
      return { hit, path, inKey: kind === 'key', ...runOf(names, hit) }
    }),
    // The whole string: an offset may be one of its decoded text, and what else is in it was found with its structure.
    allowed: allowed.map(
      ({ finding }) => spans.get(valueAt(finding.path)) ?? runOf(namesOf(finding.path, finding), finding),
    ),
  }
}

/** A string; or of a list of bytes, its first element and its last. */
const namesOf = (path: readonly (string | number)[], { start, end }: Pick<Hit, 'start' | 'end'>): string[] => [
  valueAt(path),
  valueAt([...path, start]),
  valueAt([...path, Math.max(start, end - 1)]),
]
