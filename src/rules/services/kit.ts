import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const kit = defineRules(
  { provider: 'Kit (ConvertKit)', link: 'https://developers.kit.com/api-reference/authentication' },
  [
    {
      id: 'kit-api-key',
      title: 'Kit (ConvertKit) API key or secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?:kit_)?[0-9a-f]{32}|[A-Za-z0-9_-]{43}' },
      context: credentialOf(['convertkit', 'kit'], ['x-kit-api-key: ']),
      validate: hasDigit,
      examples: ['kit_{{hex:32}}', '{{base64url:43}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
