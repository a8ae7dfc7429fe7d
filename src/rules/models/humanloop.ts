import { defineRules } from '../define.js'

export const humanloop = defineRules(
  { provider: 'Humanloop', link: 'https://humanloop.com/docs/v5/guides/organization/manage-api-keys' },
  [
    {
      id: 'humanloop-api-key',
      title: 'Humanloop API key',
      definition: { anchors: ['hl_sk_'], pattern: 'hl_sk_[0-9a-f]{40,64}' },
      examples: ['hl_sk_{{hex:48}}'],
      nonExamples: ['hl_sk_{{hex:12}}'],
    },
  ],
)
