import { defineRules } from '../define.js'

export const adobe = defineRules(
  { provider: 'Adobe', link: 'https://developer.adobe.com/developer-console/docs/guides/authentication/' },
  [
    {
      id: 'adobe-client-secret',
      title: 'Adobe OAuth client secret',
      definition: { anchors: ['p8e-'], pattern: 'p8e-[A-Za-z0-9_-]{32}' },
      examples: ['p8e-{{base64url:32}}'],
      nonExamples: ['p8e-{{base62:8}}'],
    },
  ],
)
