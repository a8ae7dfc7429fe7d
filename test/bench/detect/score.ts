import type { Detector } from '../../../src/detect-entry.js'
import { type Label, leavesOf, type StateDocument, serialize } from './state.js'

export interface Span {
  readonly start: number
  readonly end: number
  readonly ruleId?: string
}

/** A text that was scanned, the secrets in it and what was found. */
export interface Scanned {
  readonly text: string
  readonly labels: readonly Label[]
  readonly found: readonly Span[]
}

export interface Tally {
  planted: number
  found: number
  exact: number
}

export interface Score extends Tally {
  readonly megabytes: number
  readonly falseFindings: readonly { readonly ruleId: string; readonly text: string; readonly around: string }[]
  readonly byRule: ReadonlyMap<string, Tally>
  readonly byContext: ReadonlyMap<string, Tally>
  readonly misses: readonly { readonly label: Label; readonly text: string; readonly found: readonly Span[] }[]
}

export type Form = 'documents' | 'leaves' | 'values'
export const FORMS: readonly Form[] = ['documents', 'leaves', 'values']

const empty = (): Tally => ({ planted: 0, found: 0, exact: 0 })

/** A finding that touches a secret finds it; one that touches none is false. */
export function score(texts: Iterable<Scanned>): Score {
  const total = empty()
  const byRule = new Map<string, Tally>()
  const byContext = new Map<string, Tally>()
  const falseFindings: { ruleId: string; text: string; around: string }[] = []
  const misses: { label: Label; text: string; found: readonly Span[] }[] = []
  let characters = 0
  for (const { text, labels, found } of texts) {
    characters += text.length
    for (const label of labels) {
      const touching = found.filter((span) => span.start < label.end && span.end > label.start)
      const exact = touching.some((span) => span.start === label.start && span.end === label.end)
      for (const tally of [total, at(byRule, label.ruleId), at(byContext, label.context)]) {
        tally.planted++
        if (touching.length > 0) tally.found++
        if (exact) tally.exact++
      }
      if (!exact) misses.push({ label, text, found: touching })
    }
    for (const span of found) {
      if (labels.some((label) => span.start < label.end && span.end > label.start)) continue
      const around = text.slice(Math.max(0, span.start - 60), span.end + 30)
      falseFindings.push({ ruleId: span.ruleId ?? '', text: text.slice(span.start, span.end), around })
    }
  }
  return { ...total, megabytes: characters / 1e6, falseFindings, byRule, byContext, misses }
}

function at(tallies: Map<string, Tally>, name: string): Tally {
  const tally = tallies.get(name) ?? empty()
  tallies.set(name, tally)
  return tally
}

/** What the detector finds when it is given state in one of the forms in which it meets state. */
export function* scanState(detector: Detector, documents: readonly StateDocument[], form: Form): Generator<Scanned> {
  for (const document of documents) {
    if (form === 'documents') {
      const { text, labels } = serialize(document)
      yield { text, labels, found: detector.scanText(text) }
      continue
    }
    const inValue = form === 'values' ? groupByPath(detector.scanValue(document.value)) : undefined
    const labels = groupByPath(document.labels)
    for (const { text, path, key, parent } of leavesOf(document.value)) {
      const where = path.join('/')
      const found = inValue === undefined ? detector.scanText(text, { key, parent }) : (inValue.get(where) ?? [])
      yield { text, labels: labels.get(where) ?? [], found }
    }
  }
}

function groupByPath<Item extends { readonly path: readonly (string | number)[] }>(
  items: readonly Item[],
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const path = item.path.join('/')
    const group = groups.get(path)
    if (group === undefined) groups.set(path, [item])
    else group.push(item)
  }
  return groups
}

export const recall = ({ planted, found }: Tally): number => (planted === 0 ? 1 : found / planted)
export const exactRecall = ({ planted, exact }: Tally): number => (planted === 0 ? 1 : exact / planted)
export const falsePerMegabyte = ({ falseFindings, megabytes }: Score): number => falseFindings.length / megabytes
