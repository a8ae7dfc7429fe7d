import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const greenhouse = defineRules(
  { provider: 'Greenhouse', link: 'https://developers.greenhouse.io/harvest.html#authentication' },
  [
    {
      id: 'greenhouse-api-key',
      title: 'Greenhouse API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}-\\d' },
      context: credentialOf(['greenhouse']),
      examples: ['{{hex:32}}-1'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
