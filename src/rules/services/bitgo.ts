import { defineRules } from '../define.js'

export const bitgo = defineRules(
  { provider: 'BitGo', link: 'https://developers.bitgo.com/docs/get-started-access-tokens' },
  [
    {
      id: 'bitgo-access-token',
      title: 'BitGo access token',
      definition: { anchors: ['v2x'], pattern: 'v2x[0-9a-f]{64}' },
      examples: ['v2x{{hex:64}}'],
      nonExamples: ['v2x{{hex:12}}'],
    },
  ],
)
