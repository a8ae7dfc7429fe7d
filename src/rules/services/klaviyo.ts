import { defineRules } from '../define.js'

export const klaviyo = defineRules(
  { provider: 'Klaviyo', link: 'https://developers.klaviyo.com/en/docs/authenticate_' },
  [
    {
      id: 'klaviyo-private-key',
      title: 'Klaviyo private API key',
      definition: { anchors: ['pk_'], pattern: 'pk_[0-9a-f]{34}' },
      examples: ['pk_{{hex:34}}'],
      nonExamples: ['pk_live_{{base62:24}}'],
    },
  ],
)
