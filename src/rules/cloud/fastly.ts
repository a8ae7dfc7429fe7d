import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const fastly = defineRules({ provider: 'Fastly', link: 'https://docs.fastly.com/en/guides/using-api-tokens' }, [
  {
    id: 'fastly-api-token',
    title: 'Fastly API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{32}' },
    context: credentialOf(['fastly']),
    validate: isDrawn,
    examples: ['{{base64url:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
