import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const linode = defineRules(
  { provider: 'Linode', link: 'https://techdocs.akamai.com/linode-api/reference/get-started' },
  [
    {
      id: 'linode-api-token',
      title: 'Linode API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['linode']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
