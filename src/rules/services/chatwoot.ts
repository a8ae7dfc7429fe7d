import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const chatwoot = defineRules(
  { provider: 'Chatwoot', link: 'https://developers.chatwoot.com/api-reference/introduction' },
  [
    {
      id: 'chatwoot-access-token',
      title: 'Chatwoot access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{24}' },
      context: credentialOf(['chatwoot']),
      validate: isScattered,
      examples: ['{{base62:24}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
