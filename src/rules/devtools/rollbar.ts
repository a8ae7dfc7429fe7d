import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const rollbar = defineRules({ provider: 'Rollbar', link: 'https://docs.rollbar.com/docs/access-tokens' }, [
  {
    id: 'rollbar-access-token',
    title: 'Rollbar access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}|[0-9a-f]{128}' },
    context: credentialOf(['rollbar'], ['x-rollbar-access-token: ']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:20}}'],
  },
])
