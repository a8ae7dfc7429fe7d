import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const zendesk = defineRules(
  { provider: 'Zendesk', link: 'https://developer.zendesk.com/api-reference/introduction/security-and-auth/' },
  [
    {
      id: 'zendesk-api-token',
      title: 'Zendesk API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
      context: credentialOf(['zendesk']),
      validate: isScattered,
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
