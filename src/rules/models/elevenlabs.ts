import { defineRules } from '../define.js'

export const elevenlabs = defineRules(
  { provider: 'ElevenLabs', link: 'https://elevenlabs.io/docs/api-reference/authentication' },
  [
    {
      id: 'elevenlabs-api-key',
      title: 'ElevenLabs API key',
      definition: { anchors: ['sk_'], pattern: 'sk_[0-9a-f]{48}' },
      examples: ['sk_{{hex:48}}'],
      nonExamples: [],
    },
  ],
)
