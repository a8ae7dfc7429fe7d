import type { TemplateSet } from '../planting.js'
import { documentB } from './documents.js'
import { FIELDS } from './fields.js'
import { LINES } from './lines.js'
import { PAIRS } from './pairs.js'
import { PROGRAMS } from './programs.js'
import { passage } from './prose.js'

/** Never tuned on: what is reported as the detector's quality is measured here. */
export const setB: TemplateSet = {
  name: 'B',
  document: documentB,
  plantings: [...FIELDS, ...LINES, ...PAIRS, ...PROGRAMS],
  filler: (dice) => passage(dice, 3),
  neutralKeys: ['output', 'result', 'body', 'value', 'answer', 'stdout'],
  credentials: [
    { words: ['smtp', 'password'], value: '{{base62:10}}.{{digits:3}}' },
    { words: ['root', 'passwd'], value: '{{lower36:9}}_{{base62:4}}' },
    { words: ['oauth', 'client', 'secret'], value: '{{base64url:40}}' },
    { words: ['billing', 'api', 'key'], value: '{{base62:36}}' },
    { words: ['cookie', 'secret'], value: '{{hex:64}}' },
    { words: ['refresh', 'token'], value: '{{base64url:60}}' },
    { words: ['webhook', 'secret'], value: '{{base62:24}}' },
  ],
}
