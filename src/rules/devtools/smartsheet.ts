import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const smartsheet = defineRules(
  { provider: 'Smartsheet', link: 'https://developers.smartsheet.com/api/smartsheet/guides/basics/authentication' },
  [
    {
      id: 'smartsheet-access-token',
      title: 'Smartsheet access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{37}|[a-z0-9]{26}' },
      context: credentialOf(['smartsheet']),
      validate: isScattered,
      examples: ['{{base62:37}}'],
      nonExamples: ['{{hex:37}}'],
    },
  ],
)
