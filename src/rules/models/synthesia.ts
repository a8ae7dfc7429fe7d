import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const synthesia = defineRules(
  { provider: 'Synthesia', link: 'https://docs.synthesia.io/reference/synthesia-api-quickstart' },
  [
    {
      id: 'synthesia-api-key',
      title: 'Synthesia API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['synthesia']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
