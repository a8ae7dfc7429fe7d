import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const cohere = defineRules({ provider: 'Cohere', link: 'https://docs.cohere.com/reference/about' }, [
  {
    id: 'cohere-api-key',
    title: 'Cohere API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
    context: {
      keys: ['cohereapi', 'coherekey', 'coheretoken', 'coapikey'],
      near: [
        'cohere api',
        'cohere_api',
        'co_api_key',
        'cohere key',
        'cohere token',
        'cohereapi',
        'coherekey',
        'coheretoken',
        'coapikey',
      ],
    },
    validate: isDrawn,
    examples: ['{{base62:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
