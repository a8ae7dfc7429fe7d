import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const civo = defineRules({ provider: 'Civo', link: 'https://www.civo.com/docs/account/api-keys' }, [
  {
    id: 'civo-api-key',
    title: 'Civo API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{50}' },
    context: credentialOf(['civo']),
    validate: isDrawn,
    examples: ['{{base62:50}}'],
    nonExamples: ['{{hex:50}}'],
  },
])
