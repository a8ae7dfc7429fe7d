import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const okta = defineRules(
  { provider: 'Okta', link: 'https://developer.okta.com/docs/guides/create-an-api-token/main/' },
  [
    {
      id: 'okta-api-token',
      title: 'Okta API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '00[A-Za-z0-9_-]{40}' },
      context: credentialOf(['okta'], ['ssws ']),
      validate: isScattered,
      examples: ['00{{base64url:40}}'],
      nonExamples: ['00{{base62:18}}'],
    },
  ],
)
