import { defineRules } from '../define.js'

export const openrouter = defineRules(
  { provider: 'OpenRouter', link: 'https://openrouter.ai/docs/api-reference/authentication' },
  [
    {
      id: 'openrouter-api-key',
      title: 'OpenRouter API key',
      definition: { anchors: ['sk-or-'], pattern: 'sk-or-(?:v1-)?[0-9a-f]{64}' },
      examples: ['sk-or-v1-{{hex:64}}'],
      nonExamples: [],
    },
  ],
)
