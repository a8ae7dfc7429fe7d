import { defineRules } from '../define.js'

export const browserbase = defineRules(
  { provider: 'Browserbase', link: 'https://docs.browserbase.com/reference/introduction' },
  [
    {
      id: 'browserbase-api-key',
      title: 'Browserbase API key',
      definition: { anchors: ['bb_live_', 'bb_test_'], pattern: 'bb_(?:live|test)_[A-Za-z0-9_-]{20,48}' },
      examples: ['bb_live_{{base64url:27}}', 'bb_test_{{base64url:27}}'],
      nonExamples: ['bb_live_view_url'],
    },
  ],
)
