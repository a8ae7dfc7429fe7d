import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const mandrill = defineRules(
  { provider: 'Mandrill', link: 'https://mailchimp.com/developer/transactional/docs/fundamentals/' },
  [
    {
      id: 'mandrill-api-key',
      title: 'Mailchimp Transactional API key',
      definition: { anchors: ['md-'], pattern: 'md-[A-Za-z0-9_-]{22}' },
      validate: isScattered,
      examples: ['md-{{base62:22}}'],
      nonExamples: ['md-{{hex:22}}'],
    },
  ],
)
