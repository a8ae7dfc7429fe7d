import { CONTEXTS } from '../../../rules/contexts.js'
import type { Planting, TemplateSet } from '../planting.js'
import { documentA } from './documents.js'
import { PAIRS } from './pairs.js'
import { paragraph } from './prose.js'

const FIELDS: readonly Planting[] = [
  { context: 'field of its name', key: (name) => name.camel, text: (secret) => secret, named: true },
  { context: 'field of its name in snake case', key: (name) => name.snake, text: (secret) => secret, named: true },
  { context: 'neutral field', text: (secret) => secret },
]

/** The set that rules may be tuned on: the contexts of the rules' own tests. */
export const setA: TemplateSet = {
  name: 'A',
  document: documentA,
  plantings: [...FIELDS, ...CONTEXTS.map(({ name, ...context }) => ({ context: name, ...context })), ...PAIRS],
  filler: (dice) => paragraph(dice, 3),
  neutralKeys: ['value', 'text', 'content', 'note', 'data'],
  credentials: [
    { words: ['db', 'password'], value: '{{base62:16}}' },
    { words: ['password'], value: '{{base62:12}}' },
    { words: ['client', 'secret'], value: '{{base62:32}}' },
    { words: ['internal', 'api', 'key'], value: '{{hex:40}}' },
    { words: ['session', 'secret'], value: '{{base64url:43}}' },
    { words: ['auth', 'token'], value: '{{base62:28}}' },
  ],
}
