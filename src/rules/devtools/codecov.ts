import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const codecov = defineRules({ provider: 'Codecov', link: 'https://docs.codecov.com/docs/codecov-tokens' }, [
  {
    id: 'codecov-token',
    title: 'Codecov upload or API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['codecov']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
