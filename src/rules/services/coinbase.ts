import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const coinbase = defineRules(
  { provider: 'Coinbase', link: 'https://docs.cdp.coinbase.com/get-started/authentication/overview' },
  [
    {
      id: 'coinbase-api-secret',
      title: 'Coinbase API secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{86}==|[A-Za-z0-9]{32}' },
      context: secretOf(['coinbase', 'cdp']),
      validate: isScattered,
      examples: ['{{base64:86}}==', '{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
