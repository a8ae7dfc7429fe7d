import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const zenrows = defineRules({ provider: 'ZenRows', link: 'https://docs.zenrows.com/' }, [
  {
    id: 'zenrows-api-key',
    title: 'ZenRows API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{40}' },
    context: credentialOf(['zenrows']),
    examples: ['{{hex:40}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
