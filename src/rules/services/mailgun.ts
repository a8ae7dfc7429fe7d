import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const mailgun = defineRules(
  { provider: 'Mailgun', link: 'https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/api-keys' },
  [
    {
      id: 'mailgun-api-key',
      title: 'Mailgun API key',
      definition: { anchors: ['key-'], pattern: 'key-[0-9a-f]{32}' },
      examples: ['key-{{hex:32}}'],
      nonExamples: ['pubkey-{{hex:32}}'],
    },
    {
      id: 'mailgun-private-key',
      title: 'Mailgun API key with suffixes',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}' },
      context: credentialOf(['mailgun']),
      examples: ['{{hex:32}}-{{hex:8}}-{{hex:8}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
