import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const lokalise = defineRules(
  { provider: 'Lokalise', link: 'https://developers.lokalise.com/reference/api-authentication' },
  [
    {
      id: 'lokalise-api-token',
      title: 'Lokalise API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['lokalise']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:34}}'],
    },
  ],
)
