import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const wise = defineRules(
  { provider: 'Wise', link: 'https://docs.wise.com/api-docs/features/authentication-access' },
  [
    {
      id: 'wise-api-token',
      title: 'Wise API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: credentialOf(['wise', 'transferwise']),
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
