import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const alchemy = defineRules(
  { provider: 'Alchemy', link: 'https://www.alchemy.com/docs/how-to-use-api-keys-in-http-headers' },
  [
    {
      id: 'alchemy-url-key',
      title: 'Alchemy API key in an endpoint URL',
      definition: {
        anchors: ['.g.alchemy.com/v2/'],
        pattern: '\\.g\\.alchemy\\.com/v2/(?<secret>[A-Za-z0-9_-]{20,48})',
        leftBoundary: 'none',
      },
      examples: ['https://eth-mainnet.g.alchemy.com/v2/<<{{base64url:32}}>>'],
      nonExamples: ['https://eth-mainnet.g.alchemy.com/v2/demo'],
    },
    {
      id: 'alchemy-auth-token',
      title: 'Alchemy Notify auth token',
      definition: { anchors: ['alcht_'], pattern: 'alcht_[A-Za-z0-9]{30}' },
      examples: ['alcht_{{base62:30}}'],
      nonExamples: ['alcht_{{base62:8}}'],
    },
    {
      id: 'alchemy-api-key',
      title: 'Alchemy API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{32}' },
      context: credentialOf(['alchemy']),
      validate: isScattered,
      examples: ['{{base64url:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
