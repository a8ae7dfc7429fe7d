import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const shortcut = defineRules({ provider: 'Shortcut', link: 'https://developer.shortcut.com/api/rest/v3' }, [
  {
    id: 'shortcut-api-token',
    title: 'Shortcut API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['shortcut', 'clubhouse'], ['shortcut-token: ']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
