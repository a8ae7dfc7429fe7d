import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const braintree = defineRules(
  { provider: 'Braintree', link: 'https://developer.paypal.com/braintree/docs/guides/authorization/overview' },
  [
    {
      id: 'braintree-access-token',
      title: 'Braintree access token',
      severity: 'critical',
      definition: {
        anchors: ['access_token$production$'],
        pattern: 'access_token\\$production\\$[0-9a-z]{16}\\$[0-9a-f]{32}',
      },
      examples: ['access_token$production$a{{lower36:15}}$0{{hex:31}}'],
      nonExamples: ['access_token$production$'],
    },
    {
      id: 'braintree-sandbox-token',
      title: 'Braintree sandbox access token',
      kind: 'test',
      severity: 'medium',
      definition: {
        anchors: ['access_token$sandbox$'],
        pattern: 'access_token\\$sandbox\\$[0-9a-z]{16}\\$[0-9a-f]{32}',
      },
      examples: ['access_token$sandbox$a{{lower36:15}}$0{{hex:31}}'],
      nonExamples: ['access_token$sandbox$'],
    },
    {
      id: 'braintree-private-key',
      title: 'Braintree private key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: secretOf(['braintree']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:16}}'],
    },
  ],
)
