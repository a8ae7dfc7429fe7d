import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const scrapingbee = defineRules(
  { provider: 'ScrapingBee', link: 'https://www.scrapingbee.com/documentation/' },
  [
    {
      id: 'scrapingbee-api-key',
      title: 'ScrapingBee API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Z0-9]{80}' },
      context: credentialOf(['scrapingbee']),
      validate: hasDigit,
      examples: ['{{upper36:80}}'],
      nonExamples: ['{{hex:80}}'],
    },
  ],
)
