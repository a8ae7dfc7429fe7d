import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const vimeo = defineRules({ provider: 'Vimeo', link: 'https://developer.vimeo.com/api/authentication' }, [
  {
    id: 'vimeo-access-token',
    title: 'Vimeo access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['vimeo']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
