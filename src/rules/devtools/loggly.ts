import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const loggly = defineRules(
  {
    provider: 'Loggly',
    link: 'https://documentation.solarwinds.com/en/success_center/loggly/content/admin/customer-token-authentication-token.htm',
  },
  [
    {
      id: 'loggly-customer-token',
      title: 'Loggly customer token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: credentialOf(['loggly']),
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
