import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const kraken = defineRules(
  { provider: 'Kraken', link: 'https://docs.kraken.com/api/docs/guides/spot-rest-auth' },
  [
    {
      id: 'kraken-private-key',
      title: 'Kraken private key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{86}==' },
      context: secretOf(['kraken']),
      examples: ['{{base64:86}}=='],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
