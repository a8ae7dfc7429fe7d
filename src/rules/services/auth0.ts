import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const auth0 = defineRules(
  { provider: 'Auth0', link: 'https://auth0.com/docs/get-started/applications/application-settings' },
  [
    {
      id: 'auth0-client-secret',
      title: 'Auth0 client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{64}' },
      context: secretOf(['auth0']),
      validate: isScattered,
      examples: ['{{base64url:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
