import { defineRules } from '../define.js'

export const mailchimp = defineRules(
  { provider: 'Mailchimp', link: 'https://mailchimp.com/developer/marketing/docs/fundamentals/' },
  [
    {
      id: 'mailchimp-api-key',
      title: 'Mailchimp API key',
      definition: { anchors: ['-us'], pattern: '[0-9a-f]{32}-us\\d{1,2}', before: 32 },
      examples: ['{{hex:32}}-us14'],
      nonExamples: ['{{hex:12}}-us14'],
    },
  ],
)
