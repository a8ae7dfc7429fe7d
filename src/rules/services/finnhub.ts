import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const finnhub = defineRules({ provider: 'Finnhub', link: 'https://finnhub.io/docs/api/authentication' }, [
  {
    id: 'finnhub-api-key',
    title: 'Finnhub API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[a-z0-9]{40}|[a-z0-9]{20}' },
    context: credentialOf(['finnhub'], ['x-finnhub-token: ']),
    validate: hasDigit,
    examples: ['{{lower36:20}}', '{{lower36:40}}'],
    nonExamples: ['{{hex:16}}'],
  },
])
