import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const xata = defineRules({ provider: 'Xata', link: 'https://xata.io/docs/api-reference/authentication' }, [
  {
    id: 'xata-api-key',
    title: 'Xata API key',
    confidence: 'medium',
    definition: { anchors: ['xau_'], pattern: 'xau_[A-Za-z0-9]{28,64}' },
    validate: isDrawn,
    examples: ['xau_{{base62:36}}'],
    nonExamples: ['xau_short'],
  },
])
