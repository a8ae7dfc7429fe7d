import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const knock = defineRules({ provider: 'Knock', link: 'https://docs.knock.app/developer-tools/api-keys' }, [
  {
    id: 'knock-secret-key',
    title: 'Knock secret API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: 'sk_(?:test_)?[A-Za-z0-9_-]{40,64}' },
    context: credentialOf(['knock']),
    validate: isScattered,
    examples: ['sk_{{base64url:43}}'],
    nonExamples: ['pk_{{base64url:43}}'],
  },
])
