import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const apolloIo = defineRules({ provider: 'Apollo.io', link: 'https://docs.apollo.io/docs/create-api-key' }, [
  {
    id: 'apollo-io-api-key',
    title: 'Apollo.io API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{22}' },
    context: credentialOf(['apolloio', 'apollo io', 'apollo']),
    validate: isScattered,
    examples: ['{{base64url:22}}'],
    nonExamples: ['{{hex:22}}'],
  },
])
