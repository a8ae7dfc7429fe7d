import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const reducto = defineRules({ provider: 'Reducto', link: 'https://docs.reducto.ai/' }, [
  {
    id: 'reducto-api-key',
    title: 'Reducto API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{96,160}' },
    context: credentialOf(['reducto']),
    examples: ['{{hex:128}}'],
    nonExamples: ['{{hex:64}}'],
  },
])
