import { defineRules } from '../define.js'

export const kit = defineRules(
  { provider: 'Kit (ConvertKit)', link: 'https://developers.kit.com/api-reference/authentication' },
  [
    {
      id: 'kit-api-key',
      title: 'Kit API key',
      definition: { anchors: ['kit_'], pattern: 'kit_[0-9a-f]{32}' },
      examples: ['kit_{{hex:32}}'],
      nonExamples: ['kit_{{hex:8}}'],
    },
  ],
)
