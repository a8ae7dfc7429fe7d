import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const livekit = defineRules(
  { provider: 'LiveKit', link: 'https://docs.livekit.io/home/get-started/authentication/' },
  [
    {
      id: 'livekit-api-secret',
      title: 'LiveKit API secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{36,50}' },
      context: credentialOf(['livekit']),
      validate: isDrawn,
      examples: ['{{base62:43}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
