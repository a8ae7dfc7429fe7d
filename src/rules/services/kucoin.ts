import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const kucoin = defineRules({ provider: 'KuCoin', link: 'https://www.kucoin.com/docs-new/authentication' }, [
  {
    id: 'kucoin-api-secret',
    title: 'KuCoin API secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: secretOf(['kucoin']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
