import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const helius = defineRules(
  { provider: 'Helius', link: 'https://www.helius.dev/docs/api-reference/authentication' },
  [
    {
      id: 'helius-url-key',
      title: 'Helius API key in an endpoint URL',
      definition: {
        anchors: ['helius-rpc.com/?api-key=', 'api.helius.xyz/'],
        pattern:
          '(?:helius-rpc\\.com/|api\\.helius\\.xyz/[a-z0-9/-]{1,48})\\?api-key=(?<secret>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})',
        leftBoundary: 'none',
      },
      examples: ['https://mainnet.helius-rpc.com/?api-key=<<{{uuid}}>>'],
      nonExamples: ['https://mainnet.helius-rpc.com/'],
    },
    {
      id: 'helius-api-key',
      title: 'Helius API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: credentialOf(['helius']),
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
