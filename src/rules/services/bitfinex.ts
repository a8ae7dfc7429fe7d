import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const bitfinex = defineRules({ provider: 'Bitfinex', link: 'https://docs.bitfinex.com/docs/rest-auth' }, [
  {
    id: 'bitfinex-api-secret',
    title: 'Bitfinex API key or secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{43}' },
    context: credentialOf(['bitfinex']),
    validate: isScattered,
    examples: ['{{base62:43}}'],
    nonExamples: ['{{hex:43}}'],
  },
])
