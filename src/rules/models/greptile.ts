import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const greptile = defineRules({ provider: 'Greptile', link: 'https://www.greptile.com/docs' }, [
  {
    id: 'greptile-api-key',
    title: 'Greptile API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{40,64}' },
    context: credentialOf(['greptile']),
    validate: isDrawn,
    examples: ['{{base62:44}}'],
    nonExamples: ['{{hex:44}}'],
  },
])
