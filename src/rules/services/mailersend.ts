import { defineRules } from '../define.js'

export const mailersend = defineRules(
  { provider: 'MailerSend', link: 'https://developers.mailersend.com/general.html' },
  [
    {
      id: 'mailersend-api-token',
      title: 'MailerSend API token',
      definition: { anchors: ['mlsn.'], pattern: 'mlsn\\.[0-9a-f]{64}' },
      examples: ['mlsn.{{hex:64}}'],
      nonExamples: ['mlsn.{{hex:12}}'],
    },
  ],
)
