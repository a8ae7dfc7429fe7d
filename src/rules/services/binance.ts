import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const binance = defineRules(
  { provider: 'Binance', link: 'https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security' },
  [
    {
      id: 'binance-api-key',
      title: 'Binance API or secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{64}' },
      context: credentialOf(['binance'], ['x-mbx-apikey: ']),
      validate: isScattered,
      examples: ['{{base62:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
