import { defineRules } from '../define.js'

export const elevenlabs = defineRules(
  { provider: 'ElevenLabs', link: 'https://elevenlabs.io/docs/api-reference/authentication' },
  [
    {
      id: 'elevenlabs-api-key',
      title: 'ElevenLabs API key',
      definition: { anchors: ['sk_'], pattern: 'sk_[0-9a-f]{48}' },
      examples: ['sk_{{hex:48}}'],
      nonExamples: ['sk_{{hex:24}}'],
    },
    {
      id: 'elevenlabs-legacy-api-key',
      title: 'ElevenLabs API key (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: {
        keys: ['elevenlabsapi', 'elevenlabskey', 'elevenapikey', 'xiapikey'],
        near: [
          'elevenlabs api',
          'elevenlabs_api',
          'eleven_api_key',
          'xi-api-key',
          'elevenlabs key',
          'elevenlabsapi',
          'elevenlabskey',
          'elevenapikey',
          'xiapikey',
        ],
      },
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
