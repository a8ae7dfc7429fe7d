import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const mixedbread = defineRules({ provider: 'Mixedbread', link: 'https://www.mixedbread.com/docs' }, [
  {
    id: 'mixedbread-api-key',
    title: 'Mixedbread API key',
    confidence: 'medium',
    definition: { anchors: ['mxb_', 'emb_'], pattern: '(?:mxb_[A-Za-z0-9]{24,64}|emb_[0-9a-f]{48,96})' },
    validate: hasDigit,
    examples: ['mxb_{{base62:32}}', 'emb_{{hex:64}}'],
    nonExamples: ['mxb_short', 'emb_dimension'],
  },
])
