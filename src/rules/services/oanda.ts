import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const oanda = defineRules(
  { provider: 'OANDA', link: 'https://developer.oanda.com/rest-live-v20/authentication/' },
  [
    {
      id: 'oanda-access-token',
      title: 'OANDA personal access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}-[0-9a-f]{32}' },
      context: credentialOf(['oanda']),
      examples: ['{{hex:32}}-{{hex:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
