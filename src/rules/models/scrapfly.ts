import { defineRules } from '../define.js'

export const scrapfly = defineRules(
  { provider: 'Scrapfly', link: 'https://scrapfly.io/docs/scrape-api/getting-started' },
  [
    {
      id: 'scrapfly-api-key',
      title: 'Scrapfly API key',
      definition: { anchors: ['scp-live-', 'scp-test-'], pattern: 'scp-(?:live|test)-[0-9a-f]{32}' },
      examples: ['scp-live-{{hex:32}}', 'scp-test-{{hex:32}}'],
      nonExamples: ['scp-live-short'],
    },
  ],
)
