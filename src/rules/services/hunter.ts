import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const hunter = defineRules({ provider: 'Hunter', link: 'https://hunter.io/api-documentation/v2' }, [
  {
    id: 'hunter-api-key',
    title: 'Hunter API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{40}' },
    context: credentialOf(['hunter', 'hunterio']),
    examples: ['{{hex:40}}'],
    nonExamples: ['{{hex:34}}'],
  },
])
