import { defineRules } from '../define.js'

export const telnyx = defineRules(
  { provider: 'Telnyx', link: 'https://developers.telnyx.com/development/api-fundamentals/authentication' },
  [
    {
      id: 'telnyx-api-key',
      title: 'Telnyx API key',
      definition: { anchors: ['KEY0'], pattern: 'KEY0[0-9A-F]{31}_[A-Za-z0-9]{22}' },
      examples: ['KEY0{{upper16:31}}_{{base62:22}}'],
      nonExamples: ['KEY0{{upper16:12}}'],
    },
  ],
)
