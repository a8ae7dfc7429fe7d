import { isMixed } from '../checks.js'
import { defineRules } from '../define.js'

export const cohere = defineRules({ provider: 'Cohere', link: 'https://docs.cohere.com/reference/about' }, [
  {
    id: 'cohere-api-key',
    title: 'Cohere API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
    context: { keys: ['cohere', 'coapikey'], near: ['cohere', 'co_api_key'] },
    validate: isMixed,
    examples: ['{{base62:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
