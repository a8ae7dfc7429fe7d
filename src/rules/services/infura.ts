import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const infura = defineRules(
  { provider: 'Infura', link: 'https://docs.metamask.io/services/get-started/endpoints/' },
  [
    {
      id: 'infura-url-key',
      title: 'Infura API key in an endpoint URL',
      definition: {
        anchors: ['.infura.io/'],
        pattern: '\\.infura\\.io/(?:ws/)?v3/(?<secret>[0-9a-f]{32})',
        leftBoundary: 'none',
      },
      examples: ['https://mainnet.infura.io/v3/<<{{hex:32}}>>'],
      nonExamples: ['https://mainnet.infura.io/v3/key'],
    },
    {
      id: 'infura-api-key',
      title: 'Infura API key or secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}|[A-Za-z0-9+/]{54}' },
      context: credentialOf(['infura']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
