import { defineRules } from '../define.js'

export const serpapi = defineRules({ provider: 'SerpApi', link: 'https://serpapi.com/search-api' }, [
  {
    id: 'serpapi-api-key',
    title: 'SerpApi API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: { keys: ['serpapi'], near: ['serpapi_api', 'serpapi key', 'serpapi_key'] },
    examples: ['{{hex:64}}'],
    nonExamples: [],
  },
])
