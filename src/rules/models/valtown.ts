import { defineRules } from '../define.js'

export const valtown = defineRules(
  { provider: 'Val Town', link: 'https://docs.val.town/reference/api/authentication/' },
  [
    {
      id: 'valtown-api-token',
      title: 'Val Town API token',
      confidence: 'medium',
      definition: { anchors: ['vtwn_'], pattern: 'vtwn_[A-Za-z0-9]{20,64}' },
      examples: ['vtwn_{{base62:32}}'],
      nonExamples: ['vtwn_short'],
    },
  ],
)
