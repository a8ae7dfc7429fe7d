import { defineRules } from '../define.js'

export const samsara = defineRules(
  { provider: 'Samsara', link: 'https://developers.samsara.com/docs/authentication' },
  [
    {
      id: 'samsara-api-token',
      title: 'Samsara API token',
      definition: { anchors: ['samsara_api_'], pattern: 'samsara_api_[A-Za-z0-9]{30}' },
      examples: ['samsara_api_{{base62:30}}'],
      nonExamples: ['samsara_api_url'],
    },
  ],
)
