import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const scrapingant = defineRules({ provider: 'ScrapingAnt', link: 'https://docs.scrapingant.com/' }, [
  {
    id: 'scrapingant-api-key',
    title: 'ScrapingAnt API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['scrapingant']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
