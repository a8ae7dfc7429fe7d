import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const amplitude = defineRules(
  { provider: 'Amplitude', link: 'https://amplitude.com/docs/apis/authentication' },
  [
    {
      id: 'amplitude-secret-key',
      title: 'Amplitude API or secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['amplitude']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:26}}'],
    },
  ],
)
