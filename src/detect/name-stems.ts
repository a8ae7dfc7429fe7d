import { Automaton } from './automaton.js'
import { BEHIND_STEMS, CLASS_STEMS, LAST_STEMS } from './fields.js'
import { TYPES, VAGUE } from './names.js'

/** What a name may say that ends a literal: nothing, a type, a vague word if that is all of it, or anything. */
export const SAYS = { type: 1, vague: 2, anything: 3 } as const

/** Stands for the end of a name in a literal. */
const END = '$'
const DIGIT = '0'
/** Keys of rules hold one of them, or stand for themselves. */
const KEY_STEMS = ['api']

/**
 * Tells a name that says nothing from its characters, read backwards from its end: separators are passed over, digits
 * stand for each other. What holds one of the literals may be a credential's name; `NameIndex` decides.
 */
export class NameStems {
  readonly automaton: Automaton
  /** For each output state, the most that it may say (`SAYS`). */
  readonly kinds: Uint8Array
  /** For each byte its class in the automaton. */
  readonly classes: Uint8Array

  /** @param keys names in the form of `normalizeName`, anywhere in a field's name. */
  constructor(keys: readonly string[]) {
    const literals = new Map<string, number>()
    const add = (word: string, kind: number) => literals.set(reversed(word), kind)
    for (const word of TYPES) add(word + END, SAYS.type)
    for (const word of VAGUE) add(word.replaceAll('_', '') + END, SAYS.vague)
    for (const stem of LAST_STEMS) for (const behind of [END, DIGIT, ...BEHIND_STEMS]) add(stem + behind, SAYS.anything)
    const stems = [...CLASS_STEMS, ...KEY_STEMS]
    for (const word of [...stems, ...keys]) if (isShortest(word, stems)) add(word, SAYS.anything)
    this.automaton = new Automaton([...literals.keys()], true)
    const kinds = [...literals.values()]
    this.kinds = Uint8Array.from(this.automaton.outputs, (indices) => Math.max(...indices.map((i) => kinds[i]!)))
    this.classes = this.automaton.classOf.slice(0, 256)
    this.classes.fill(this.classes[DIGIT.charCodeAt(0)]!, 48, 58)
  }

  /** The state in which every name begins: behind its end. */
  get start(): number {
    return this.automaton.next[this.classes[END.charCodeAt(0)]!]!
  }
}

const reversed = (word: string): string => [...word.replace(/\d/g, DIGIT)].reverse().join('')

const isShortest = (word: string, stems: readonly string[]): boolean =>
  !stems.some((stem) => stem !== word && word.includes(stem))
