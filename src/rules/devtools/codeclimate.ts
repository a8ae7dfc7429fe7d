import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const codeclimate = defineRules(
  { provider: 'Code Climate', link: 'https://docs.codeclimate.com/docs/finding-your-test-coverage-token' },
  [
    {
      id: 'codeclimate-token',
      title: 'Code Climate reporter or API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}|[0-9a-f]{40}' },
      context: credentialOf(['codeclimate', 'code climate', 'cc test reporter id', 'qlty']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
