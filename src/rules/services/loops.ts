import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const loops = defineRules({ provider: 'Loops', link: 'https://loops.so/docs/api-reference/intro' }, [
  {
    id: 'loops-api-key',
    title: 'Loops API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['loops', 'loopsso']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
