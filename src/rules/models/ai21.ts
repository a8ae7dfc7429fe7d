import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const ai21 = defineRules({ provider: 'AI21 Labs', link: 'https://docs.ai21.com/' }, [
  {
    id: 'ai21-api-key',
    title: 'AI21 API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['ai21']),
    validate: isDrawn,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
