import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const codefresh = defineRules(
  { provider: 'Codefresh', link: 'https://codefresh.io/docs/docs/integrations/codefresh-api/' },
  [
    {
      id: 'codefresh-api-key',
      title: 'Codefresh API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{24}\\.[0-9a-f]{32}' },
      context: credentialOf(['codefresh']),
      examples: ['{{hex:24}}.{{hex:32}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
