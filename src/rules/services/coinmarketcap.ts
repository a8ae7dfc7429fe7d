import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const coinmarketcap = defineRules(
  { provider: 'CoinMarketCap', link: 'https://coinmarketcap.com/api/documentation/v1/' },
  [
    {
      id: 'coinmarketcap-api-key',
      title: 'CoinMarketCap API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: credentialOf(['coinmarketcap', 'cmc'], ['x-cmc_pro_api_key: ']),
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
