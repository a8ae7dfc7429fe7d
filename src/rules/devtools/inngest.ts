import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const inngest = defineRules(
  { provider: 'Inngest', link: 'https://www.inngest.com/docs/platform/signing-keys' },
  [
    {
      id: 'inngest-signing-key',
      title: 'Inngest signing key',
      definition: { anchors: ['signkey-'], pattern: 'signkey-[a-z]{2,12}-[0-9a-f]{64}' },
      examples: ['signkey-prod-{{hex:64}}'],
      nonExamples: ['signkey-prod-{{hex:12}}'],
    },
    {
      id: 'inngest-event-key',
      title: 'Inngest event key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{64,100}' },
      context: credentialOf(['inngest']),
      validate: isScattered,
      examples: ['{{base64url:86}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
