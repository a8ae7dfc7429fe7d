import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const hume = defineRules({ provider: 'Hume', link: 'https://dev.hume.ai/docs/introduction/api-key' }, [
  {
    id: 'hume-api-key',
    title: 'Hume API or secret key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{48,64}' },
    context: credentialOf(['hume', 'hume ai']),
    validate: isDrawn,
    examples: ['{{base62:48}}', '{{base62:64}}'],
    nonExamples: ['{{hex:48}}'],
  },
])
