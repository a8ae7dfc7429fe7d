import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const bugsnag = defineRules({ provider: 'Bugsnag', link: 'https://docs.bugsnag.com/api/data-access/' }, [
  {
    id: 'bugsnag-api-key',
    title: 'Bugsnag API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['bugsnag']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
