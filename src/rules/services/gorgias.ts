import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const gorgias = defineRules(
  { provider: 'Gorgias', link: 'https://developers.gorgias.com/reference/authentication' },
  [
    {
      id: 'gorgias-api-key',
      title: 'Gorgias API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['gorgias']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:58}}'],
    },
  ],
)
