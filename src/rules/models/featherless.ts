import { defineRules } from '../define.js'

export const featherless = defineRules(
  { provider: 'Featherless', link: 'https://featherless.ai/docs/api-overview-and-common-options' },
  [
    {
      id: 'featherless-api-key',
      title: 'Featherless API key',
      confidence: 'medium',
      definition: { anchors: ['rc_'], pattern: 'rc_[0-9a-f]{64}' },
      examples: ['rc_{{hex:64}}'],
      nonExamples: ['rc_{{hex:40}}'],
    },
  ],
)
