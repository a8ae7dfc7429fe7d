import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const bybit = defineRules({ provider: 'Bybit', link: 'https://bybit-exchange.github.io/docs/v5/guide' }, [
  {
    id: 'bybit-api-secret',
    title: 'Bybit API secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{36}' },
    context: secretOf(['bybit']),
    validate: isScattered,
    examples: ['{{base62:36}}'],
    nonExamples: ['{{hex:36}}'],
  },
])
