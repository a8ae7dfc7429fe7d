import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const moralis = defineRules(
  { provider: 'Moralis', link: 'https://docs.moralis.com/web3-data-api/evm/get-your-api-key' },
  [
    {
      id: 'moralis-api-key',
      title: 'Moralis API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{64}' },
      context: credentialOf(['moralis']),
      validate: isScattered,
      examples: ['{{base62:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
