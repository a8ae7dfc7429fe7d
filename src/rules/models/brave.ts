import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const brave = defineRules(
  { provider: 'Brave Search', link: 'https://api-dashboard.search.brave.com/app/documentation' },
  [
    {
      id: 'brave-search-api-key',
      title: 'Brave Search API key',
      definition: { anchors: ['BSA'], pattern: 'BSA[A-Za-z0-9_-]{24,28}' },
      validate: hasDigit,
      examples: ['BSA{{base62:28}}'],
      nonExamples: [],
    },
  ],
)
