import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const cryptocompare = defineRules(
  { provider: 'CryptoCompare', link: 'https://developers.coindesk.com/documentation/data-api/introduction' },
  [
    {
      id: 'cryptocompare-api-key',
      title: 'CryptoCompare (CoinDesk Data) API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['cryptocompare', 'coindesk']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
