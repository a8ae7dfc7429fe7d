import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const galileo = defineRules({ provider: 'Galileo', link: 'https://v2docs.galileo.ai/' }, [
  {
    id: 'galileo-api-key',
    title: 'Galileo API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
    context: credentialOf(['galileo']),
    validate: isDrawn,
    examples: ['{{base64url:43}}'],
    nonExamples: ['{{hex:43}}'],
  },
])
