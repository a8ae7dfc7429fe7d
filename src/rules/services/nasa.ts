import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const nasa = defineRules({ provider: 'NASA', link: 'https://api.nasa.gov/' }, [
  {
    id: 'nasa-api-key',
    title: 'NASA API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
    context: credentialOf(['nasa']),
    validate: isScattered,
    examples: ['{{base62:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
