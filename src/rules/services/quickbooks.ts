import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const quickbooks = defineRules(
  {
    provider: 'Intuit QuickBooks',
    link: 'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization',
  },
  [
    {
      id: 'quickbooks-client-secret',
      title: 'Intuit client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
      context: secretOf(['intuit', 'quickbooks', 'qbo']),
      validate: isScattered,
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
