import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const freshdesk = defineRules(
  { provider: 'Freshdesk', link: 'https://developers.freshdesk.com/api/#authentication' },
  [
    {
      id: 'freshdesk-api-key',
      title: 'Freshdesk API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{20}' },
      context: credentialOf(['freshdesk', 'freshservice']),
      validate: isScattered,
      examples: ['{{base62:20}}'],
      nonExamples: ['{{hex:20}}'],
    },
  ],
)
