import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const customerio = defineRules(
  { provider: 'Customer.io', link: 'https://docs.customer.io/integrations/api/app/' },
  [
    {
      id: 'customerio-api-key',
      title: 'Customer.io app or tracking API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['customerio', 'customer.io', 'customer io']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:26}}'],
    },
  ],
)
