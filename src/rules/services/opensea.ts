import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const opensea = defineRules({ provider: 'OpenSea', link: 'https://docs.opensea.io/reference/api-keys' }, [
  {
    id: 'opensea-api-key',
    title: 'OpenSea API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['opensea']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
