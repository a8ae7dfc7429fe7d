import { defineRules } from '../define.js'

export const scraperapi = defineRules({ provider: 'ScraperAPI', link: 'https://docs.scraperapi.com/getting-started' }, [
  {
    id: 'scraperapi-api-key',
    title: 'ScraperAPI key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: {
      keys: ['scraperapikey', 'scraperapiapikey'],
      near: [
        'scraperapi key',
        'scraperapi_key',
        'scraper_api_key',
        'scraperapi_api_key',
        'scraperapikey',
        'scraperapiapikey',
      ],
    },
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
