import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const iterable = defineRules(
  { provider: 'Iterable', link: 'https://support.iterable.com/hc/en-us/articles/360043464871-API-Keys' },
  [
    {
      id: 'iterable-api-key',
      title: 'Iterable API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['iterable']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:26}}'],
    },
  ],
)
