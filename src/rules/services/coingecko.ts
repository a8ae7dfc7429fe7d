import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const coingecko = defineRules(
  { provider: 'CoinGecko', link: 'https://docs.coingecko.com/reference/authentication' },
  [
    {
      id: 'coingecko-api-key',
      title: 'CoinGecko API key',
      definition: { anchors: ['CG-'], pattern: 'CG-[A-Za-z0-9]{24}' },
      validate: isScattered,
      examples: ['CG-{{base62:24}}'],
      nonExamples: ['CG-{{upper36:24}}'],
    },
  ],
)
