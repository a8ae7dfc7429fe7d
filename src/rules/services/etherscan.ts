import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const etherscan = defineRules(
  { provider: 'Etherscan', link: 'https://docs.etherscan.io/getting-started/viewing-api-usage-statistics' },
  [
    {
      id: 'etherscan-api-key',
      title: 'API key of Etherscan and its sister explorers',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Z0-9]{34}' },
      context: credentialOf(['etherscan', 'bscscan', 'polygonscan', 'arbiscan', 'basescan', 'snowtrace']),
      validate: hasDigit,
      examples: ['{{upper36:34}}'],
      nonExamples: ['{{hex:34}}'],
    },
  ],
)
