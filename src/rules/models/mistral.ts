import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const mistral = defineRules({ provider: 'Mistral', link: 'https://docs.mistral.ai/api/' }, [
  {
    id: 'mistral-api-key',
    title: 'Mistral API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: {
      keys: ['mistralapi', 'mistralaiapi', 'mistralkey', 'mistraltoken'],
      near: [
        'mistral api key',
        'mistral_api',
        'mistral key',
        'mistral ai key',
        'mistral token',
        'mistralapi',
        'mistralaiapi',
        'mistralkey',
        'mistraltoken',
      ],
    },
    validate: isDrawn,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
