import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const messagebird = defineRules(
  { provider: 'MessageBird', link: 'https://developers.messagebird.com/api/#authentication' },
  [
    {
      id: 'messagebird-access-key',
      title: 'MessageBird access key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{25}' },
      context: credentialOf(['messagebird', 'bird'], ['accesskey ']),
      validate: isScattered,
      examples: ['{{base62:25}}'],
      nonExamples: ['{{hex:25}}'],
    },
  ],
)
