import type { Rule } from '../detect/types.js'
import { openai } from './openai.js'

/** The stock rule pack. */
export const stockRules: readonly Rule[] = [...openai]
