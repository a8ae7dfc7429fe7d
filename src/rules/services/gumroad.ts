import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const gumroad = defineRules({ provider: 'Gumroad', link: 'https://gumroad.com/api' }, [
  {
    id: 'gumroad-access-token',
    title: 'Gumroad access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
    context: credentialOf(['gumroad']),
    validate: isScattered,
    examples: ['{{base64url:43}}'],
    nonExamples: ['{{hex:43}}'],
  },
])
