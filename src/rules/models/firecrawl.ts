import { defineRules } from '../define.js'

export const firecrawl = defineRules(
  { provider: 'Firecrawl', link: 'https://docs.firecrawl.dev/api-reference/introduction' },
  [
    {
      id: 'firecrawl-api-key',
      title: 'Firecrawl API key',
      definition: { anchors: ['fc-'], pattern: 'fc-[0-9a-f]{32}' },
      examples: ['fc-{{hex:32}}'],
      nonExamples: ['fc-{{uuid}}'],
    },
  ],
)
