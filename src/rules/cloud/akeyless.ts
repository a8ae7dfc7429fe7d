import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const akeyless = defineRules({ provider: 'Akeyless', link: 'https://docs.akeyless.io/docs/auth-with-api-key' }, [
  {
    id: 'akeyless-access-key',
    title: 'Akeyless access key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9+/]{43}=' },
    context: credentialOf(['akeyless']),
    examples: ['{{base62:43}}='],
    nonExamples: ['{{hex:43}}'],
  },
])
