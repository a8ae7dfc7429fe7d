import { stockRules } from '../../../src/rules/index.js'
import { code, SNIPPETS } from './code.js'
import { encoded } from './encoded.js'
import { ids } from './ids.js'
import type { LookAlikes } from './make.js'
import { blankedExamples, placeholders } from './placeholders.js'
import { prose, SENTENCES } from './prose.js'

/** What agent state is full of and no scanner may touch, by kind. */
export const LOOK_ALIKES: LookAlikes = { ...ids, ...encoded, ...prose, ...code, ...placeholders }

/** Every fixed text at least once. */
export const FIXED_LOOK_ALIKES: readonly string[] = [...SENTENCES, ...SNIPPETS]

/** Documentation's way to show the format of a key. */
export const BLANKED_KEYS: readonly string[] = blankedExamples(stockRules)
