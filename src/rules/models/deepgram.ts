import { defineRules } from '../define.js'

export const deepgram = defineRules(
  { provider: 'Deepgram', link: 'https://developers.deepgram.com/docs/create-additional-api-keys' },
  [
    {
      id: 'deepgram-api-key',
      title: 'Deepgram API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: { keys: ['deepgram'], near: ['deepgram_api', 'deepgram api'] },
      examples: ['{{hex:40}}'],
      nonExamples: [],
    },
  ],
)
