import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const clearbit = defineRules({ provider: 'Clearbit', link: 'https://dashboard.clearbit.com/docs' }, [
  {
    id: 'clearbit-api-key',
    title: 'Clearbit secret key',
    confidence: 'medium',
    definition: { anchors: [], pattern: 'sk_[0-9a-f]{32}' },
    context: secretOf(['clearbit']),
    examples: ['sk_{{hex:32}}'],
    nonExamples: ['pk_{{hex:32}}'],
  },
])
