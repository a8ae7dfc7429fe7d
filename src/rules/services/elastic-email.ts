import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const elasticEmail = defineRules(
  { provider: 'Elastic Email', link: 'https://elasticemail.com/developers/api-documentation/rest-api' },
  [
    {
      id: 'elastic-email-api-key',
      title: 'Elastic Email API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9A-F]{96}' },
      context: credentialOf(['elasticemail', 'elastic email']),
      examples: ['{{upper16:96}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
