import { hasDigit } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const okx = defineRules(
  { provider: 'OKX', link: 'https://www.okx.com/docs-v5/en/#overview-rest-authentication' },
  [
    {
      id: 'okx-secret-key',
      title: 'OKX secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9A-F]{32}' },
      context: secretOf(['okx', 'ok access']),
      validate: hasDigit,
      examples: ['{{upper16:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
