import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const alphaVantage = defineRules(
  { provider: 'Alpha Vantage', link: 'https://www.alphavantage.co/documentation/' },
  [
    {
      id: 'alpha-vantage-api-key',
      title: 'Alpha Vantage API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Z0-9]{16}' },
      context: credentialOf(['alphavantage', 'alpha vantage']),
      validate: hasDigit,
      examples: ['{{upper36:16}}'],
      nonExamples: ['{{hex:16}}'],
    },
  ],
)
