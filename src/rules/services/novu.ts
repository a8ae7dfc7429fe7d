import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const novu = defineRules({ provider: 'Novu', link: 'https://docs.novu.co/platform/developer/api-keys' }, [
  {
    id: 'novu-secret-key',
    title: 'Novu secret key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: secretOf(['novu']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
