import type { AllowedScan } from './allow-filter.js'
import { AssignmentReader } from './assignments.js'
import type { CompiledRule } from './compiled-rule.js'
import { EscapedReader } from './escaped-reader.js'
import type { KnownValues } from './known-values.js'
import type { NearReader } from './near-words.js'
import type { Candidate } from './resolve.js'

/** One pass over one text, at one depth of decoding. */
export class Pass {
  readonly found: Candidate[] = []
  near: NearReader | undefined
  #reader: AssignmentReader | undefined
  #escaped: EscapedReader | undefined

  /** @param keyRules rules that the name of the text's field allows everywhere in it. */
  constructor(
    readonly text: string,
    readonly depth: number,
    readonly keyRules: readonly CompiledRule[],
    readonly known: KnownValues | undefined,
    readonly allowed: AllowedScan | undefined,
  ) {}

  get reader(): AssignmentReader {
    this.#reader ??= new AssignmentReader(this.text)
    return this.#reader
  }

  get escaped(): EscapedReader {
    this.#escaped ??= new EscapedReader(this.text)
    return this.#escaped
  }
}
