import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const razorpay = defineRules({ provider: 'Razorpay', link: 'https://razorpay.com/docs/api/authentication/' }, [
  {
    id: 'razorpay-key-secret',
    title: 'Razorpay key secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{24}' },
    context: secretOf(['razorpay']),
    validate: isScattered,
    examples: ['{{base62:24}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
