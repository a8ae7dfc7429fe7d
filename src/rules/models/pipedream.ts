import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const pipedream = defineRules({ provider: 'Pipedream', link: 'https://pipedream.com/docs/rest-api/auth' }, [
  {
    id: 'pipedream-api-key',
    title: 'Pipedream API key or client secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}|[A-Za-z0-9_-]{43}' },
    context: credentialOf(['pipedream']),
    validate: hasDigit,
    examples: ['{{hex:32}}', '{{base64url:43}}'],
    nonExamples: ['{{uuid}}'],
  },
])
