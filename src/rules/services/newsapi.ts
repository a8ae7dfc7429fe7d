import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const newsapi = defineRules({ provider: 'NewsAPI', link: 'https://newsapi.org/docs/authentication' }, [
  {
    id: 'newsapi-api-key',
    title: 'NewsAPI API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['newsapi']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
