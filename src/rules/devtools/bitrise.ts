import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const bitrise = defineRules(
  { provider: 'Bitrise', link: 'https://devcenter.bitrise.io/en/api/authenticating-with-the-bitrise-api.html' },
  [
    {
      id: 'bitrise-token',
      title: 'Bitrise personal or workspace access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{86}' },
      context: credentialOf(['bitrise']),
      validate: isScattered,
      examples: ['{{base64url:86}}'],
      nonExamples: ['{{hex:86}}'],
    },
  ],
)
