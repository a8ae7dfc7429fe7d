import type { Rule } from '../../../src/detect/types.js'
import { Dice } from './dice.js'
import { type Planted, plant } from './plant.js'
import type { TemplateSet } from './planting.js'
import { serializeWithOffsets } from './serialize.js'

type Path = readonly (string | number)[]
type Fields = Record<string, unknown>

/** Where a planted secret stands: offsets into the string at `path`. */
export interface Label {
  readonly path: Path
  readonly start: number
  readonly end: number
  readonly ruleId: string
  readonly context: string
}

export interface Leaf {
  readonly text: string
  readonly path: Path
  readonly key: string | undefined
  readonly parent: Fields | undefined
}

export interface StateDocument {
  readonly value: object
  readonly labels: readonly Label[]
}

export interface StateOptions {
  readonly set: TemplateSet
  readonly seed: number
  /** At least as many characters of JSON. */
  readonly size: number
  /** Share of leaf strings that hold a secret. */
  readonly rate: number
  readonly rules: readonly Rule[]
}

/** Texts of state, with the same seed the same ones. */
export function makeState({ set, seed, size, rate, rules }: StateOptions): StateDocument[] {
  const dice = new Dice(seed)
  const documents: StateDocument[] = []
  for (let made = 0; made < size; ) {
    const value = set.document(dice)
    const labels = leavesOf(value)
      .filter(() => rate > 0 && dice.chance(rate))
      .map((leaf) => insert(leaf, plant(set, rules, dice), set, dice))
    documents.push({ value, labels })
    made += JSON.stringify(value).length
  }
  return documents
}

/** Every string of a value with what stands around it: arrays pass on the name of the field that holds them. */
export function leavesOf(value: unknown, path: Path = [], key?: string, parent?: Fields): Leaf[] {
  if (typeof value === 'string') return [{ text: value, path, key, parent }]
  if (Array.isArray(value)) return value.flatMap((item, i) => leavesOf(item, [...path, i], key, parent))
  if (typeof value !== 'object' || value === null) return []
  const fields = value as Fields
  return Object.entries(fields).flatMap(([name, item]) => leavesOf(item, [...path, name], name, fields))
}

/** The document as a database holds it, with the labels' offsets in its JSON text. */
export function serialize({ value, labels }: StateDocument): { text: string; labels: Label[] } {
  const { text, offsets } = serializeWithOffsets(value, new Set(labels.map(({ path }) => `/${path.join('/')}`)))
  const escaped = (part: string) => JSON.stringify(part).length - 2
  return {
    text,
    labels: labels.map((label) => {
      const leaf = label.path.reduce<unknown>((item, step) => (item as Fields)[step], value) as string
      const start = offsets.get(`/${label.path.join('/')}`)! + escaped(leaf.slice(0, label.start))
      return { ...label, path: [], start, end: start + escaped(leaf.slice(label.start, label.end)) }
    }),
  }
}

/** A field beside the leaf, so that no label's text is replaced by a later one. */
function insert(leaf: Leaf, planted: Planted, set: TemplateSet, dice: Dice): Label {
  const parent = leaf.parent!
  const wanted = planted.key ?? dice.pick(set.neutralKeys)
  const holder: Fields = {}
  holder[wanted] = planted.text
  const { ruleId, context, start, end } = planted
  const at = leaf.path.slice(0, leaf.path.lastIndexOf(leaf.key!))
  let field = wanted
  if (wanted in parent) {
    field = `extra_${dice.hex(4)}`
    parent[field] = holder
    return { path: [...at, field, wanted], start, end, ruleId, context }
  }
  parent[field] = planted.text
  return { path: [...at, field], start, end, ruleId, context }
}
