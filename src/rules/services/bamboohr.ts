import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const bamboohr = defineRules(
  { provider: 'BambooHR', link: 'https://documentation.bamboohr.com/docs/getting-started' },
  [
    {
      id: 'bamboohr-api-key',
      title: 'BambooHR API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['bamboohr', 'bamboo hr']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:34}}'],
    },
  ],
)
