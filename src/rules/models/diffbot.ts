import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const diffbot = defineRules({ provider: 'Diffbot', link: 'https://docs.diffbot.com/reference/authentication' }, [
  {
    id: 'diffbot-token',
    title: 'Diffbot token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['diffbot']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
