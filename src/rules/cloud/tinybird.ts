import { defineRules } from '../define.js'

export const tinybird = defineRules(
  { provider: 'Tinybird', link: 'https://www.tinybird.co/docs/forward/administration/tokens' },
  [
    {
      id: 'tinybird-token',
      title: 'Tinybird token',
      definition: { anchors: ['p.eyJ'], pattern: 'p\\.eyJ[A-Za-z0-9_-]{20,400}\\.[A-Za-z0-9_-]{27,64}' },
      examples: ['p.eyJ{{base64url:120}}.{{base64url:43}}'],
      nonExamples: ['p.eyJshort'],
    },
  ],
)
