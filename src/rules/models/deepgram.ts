import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const deepgram = defineRules(
  { provider: 'Deepgram', link: 'https://developers.deepgram.com/docs/create-additional-api-keys' },
  [
    {
      id: 'deepgram-api-key',
      title: 'Deepgram API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['deepgram']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
