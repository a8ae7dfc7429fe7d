import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const plivo = defineRules({ provider: 'Plivo', link: 'https://www.plivo.com/docs/voice/api/authentication' }, [
  {
    id: 'plivo-auth-token',
    title: 'Plivo auth token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
    context: credentialOf(['plivo']),
    validate: isScattered,
    examples: ['{{base62:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
