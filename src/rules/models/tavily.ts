import { defineRules } from '../define.js'

export const tavily = defineRules(
  { provider: 'Tavily', link: 'https://docs.tavily.com/documentation/api-reference/introduction' },
  [
    {
      id: 'tavily-api-key',
      title: 'Tavily API key',
      definition: { anchors: ['tvly-'], pattern: 'tvly-(?:dev-|prod-)?[A-Za-z0-9_-]{32,64}' },
      examples: ['tvly-{{base62:32}}', 'tvly-dev-{{base62:32}}'],
      nonExamples: ['tvly-YOUR_API_KEY'],
    },
  ],
)
