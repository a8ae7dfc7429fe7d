import { defineRules } from '../define.js'

export const sendgrid = defineRules(
  { provider: 'SendGrid', link: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys' },
  [
    {
      id: 'sendgrid-api-key',
      title: 'SendGrid API key',
      definition: { anchors: ['SG.'], pattern: 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}' },
      examples: ['SG.{{base64url:22}}.{{base64url:43}}'],
      nonExamples: ['SG.{{base62:22}}'],
    },
  ],
)
