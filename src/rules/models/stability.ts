import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const stability = defineRules(
  { provider: 'Stability AI', link: 'https://platform.stability.ai/docs/getting-started/authentication' },
  [
    {
      id: 'stability-api-key',
      title: 'Stability AI API key',
      confidence: 'high',
      definition: { anchors: [], pattern: 'sk-[A-Za-z0-9]{48}' },
      context: credentialOf(['stability', 'stability ai', 'dreamstudio']),
      examples: ['sk-{{base62:48}}'],
      nonExamples: ['sk-{{hex:12}}'],
    },
  ],
)
