import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const composio = defineRules(
  { provider: 'Composio', link: 'https://docs.composio.dev/reference/v3/authentication' },
  [
    {
      id: 'composio-api-key',
      title: 'Composio API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?:ak_[A-Za-z0-9_-]{16,40}|[a-z0-9]{20,24})' },
      context: credentialOf(['composio'], ['x-org-api-key']),
      validate: hasDigit,
      examples: ['ak_{{base64url:20}}', '{{lower36:22}}'],
      nonExamples: ['{{hex:12}}'],
    },
  ],
)
