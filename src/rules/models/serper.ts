import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const serper = defineRules({ provider: 'Serper', link: 'https://serper.dev/' }, [
  {
    id: 'serper-api-key',
    title: 'Serper API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{40}' },
    context: credentialOf(['serper']),
    examples: ['{{hex:40}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
