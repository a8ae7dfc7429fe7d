import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const here = defineRules(
  {
    provider: 'HERE',
    link: 'https://www.here.com/docs/bundle/identity-and-access-management-developer-guide/page/topics/plat-using-apikeys.html',
  },
  [
    {
      id: 'here-api-key',
      title: 'HERE API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
      context: credentialOf(['here maps', 'heremaps', 'here']),
      validate: isScattered,
      examples: ['{{base64url:43}}'],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
