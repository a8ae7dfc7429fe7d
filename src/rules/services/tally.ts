import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const tally = defineRules({ provider: 'Tally', link: 'https://developers.tally.so/api-reference/api-keys' }, [
  {
    id: 'tally-api-key',
    title: 'Tally API key',
    definition: { anchors: ['tly-'], pattern: 'tly-[A-Za-z0-9]{24,64}' },
    validate: hasDigit,
    examples: ['tly-{{base62:32}}'],
    nonExamples: ['tly-{{base62:8}}'],
  },
])
