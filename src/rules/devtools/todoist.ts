import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const todoist = defineRules({ provider: 'Todoist', link: 'https://developer.todoist.com/api/v1/' }, [
  {
    id: 'todoist-api-token',
    title: 'Todoist API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{40}' },
    context: credentialOf(['todoist']),
    examples: ['{{hex:40}}'],
    nonExamples: ['{{hex:34}}'],
  },
])
