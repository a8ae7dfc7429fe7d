import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const helpscout = defineRules(
  { provider: 'Help Scout', link: 'https://developer.helpscout.com/mailbox-api/overview/authentication/' },
  [
    {
      id: 'helpscout-app-secret',
      title: 'Help Scout app secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: secretOf(['helpscout', 'help scout']),
      validate: isScattered,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
