import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const airship = defineRules(
  { provider: 'Airship', link: 'https://www.airship.com/docs/developer/api-integrations/api-security/' },
  [
    {
      id: 'airship-master-secret',
      title: 'Airship app or master secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{22}' },
      context: secretOf(['airship', 'urbanairship', 'urban airship']),
      validate: isScattered,
      examples: ['{{base64url:22}}'],
      nonExamples: ['{{hex:22}}'],
    },
  ],
)
