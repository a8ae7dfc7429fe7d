import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const browserUse = defineRules(
  { provider: 'Browser Use', link: 'https://docs.browser-use.com/cloud/api-reference' },
  [
    {
      id: 'browser-use-api-key',
      title: 'Browser Use Cloud API key',
      confidence: 'medium',
      definition: { anchors: ['bu_'], pattern: 'bu_[A-Za-z0-9_-]{36,64}' },
      validate: isDrawn,
      examples: ['bu_{{base64url:43}}'],
      nonExamples: ['bu_{{hex:43}}', 'bu_your_key_here', 'bu_business_unit_identifier_of_the_account'],
    },
  ],
)
