import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const mailjet = defineRules(
  { provider: 'Mailjet', link: 'https://dev.mailjet.com/email/reference/overview/authentication/' },
  [
    {
      id: 'mailjet-api-key',
      title: 'Mailjet API or secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['mailjet']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:26}}'],
    },
  ],
)
