import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const jotform = defineRules({ provider: 'Jotform', link: 'https://api.jotform.com/docs/#authentication' }, [
  {
    id: 'jotform-api-key',
    title: 'Jotform API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['jotform']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
