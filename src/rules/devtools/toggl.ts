import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const toggl = defineRules({ provider: 'Toggl', link: 'https://engineering.toggl.com/docs/authentication' }, [
  {
    id: 'toggl-api-token',
    title: 'Toggl Track API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['toggl']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
