import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const literalAi = defineRules({ provider: 'Literal AI', link: 'https://docs.literalai.com/' }, [
  {
    id: 'literal-ai-api-key',
    title: 'Literal AI API key',
    confidence: 'medium',
    definition: { anchors: ['lsk_'], pattern: 'lsk_[A-Za-z0-9]{32,64}' },
    validate: isDrawn,
    examples: ['lsk_{{base62:44}}'],
    nonExamples: ['lsk_{{hex:44}}'],
  },
])
