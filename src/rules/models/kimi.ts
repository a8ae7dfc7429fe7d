import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const kimi = defineRules(
  { provider: 'Moonshot AI (Kimi)', link: 'https://platform.moonshot.ai/docs/guide/start-using-kimi-api' },
  [
    {
      id: 'kimi-code-api-key',
      title: 'Kimi Code API key',
      definition: { anchors: ['sk-kimi-'], pattern: 'sk-kimi-[A-Za-z0-9]{48,80}' },
      examples: ['sk-kimi-{{base62:64}}'],
      nonExamples: ['sk-kimi-k2-instruct'],
    },
    {
      id: 'moonshot-api-key',
      title: 'Moonshot API key',
      confidence: 'high',
      definition: { anchors: [], pattern: 'sk-[A-Za-z0-9]{48}' },
      context: credentialOf(['moonshot', 'kimi', 'moonshot ai']),
      examples: ['sk-{{base62:48}}'],
      nonExamples: ['sk-{{hex:12}}'],
    },
  ],
)
