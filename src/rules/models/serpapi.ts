import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const serpapi = defineRules({ provider: 'SerpApi', link: 'https://serpapi.com/search-api' }, [
  {
    id: 'serpapi-api-key',
    title: 'SerpApi API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: credentialOf(['serpapi']),
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
