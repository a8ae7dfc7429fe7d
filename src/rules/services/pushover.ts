import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const pushover = defineRules({ provider: 'Pushover', link: 'https://pushover.net/api' }, [
  {
    id: 'pushover-token',
    title: 'Pushover application token or user key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{30}' },
    context: credentialOf(['pushover']),
    validate: hasDigit,
    examples: ['{{base62:30}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
