import { defineRules } from '../define.js'

export const turbopuffer = defineRules({ provider: 'turbopuffer', link: 'https://turbopuffer.com/docs/auth' }, [
  {
    id: 'turbopuffer-api-key',
    title: 'turbopuffer API key',
    confidence: 'medium',
    definition: { anchors: ['tpuf_'], pattern: 'tpuf_[A-Za-z0-9]{24,64}' },
    examples: ['tpuf_{{base62:32}}'],
    nonExamples: ['tpuf_short'],
  },
])
