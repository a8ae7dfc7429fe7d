import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const morph = defineRules({ provider: 'Morph', link: 'https://docs.morphllm.com/' }, [
  {
    id: 'morph-api-key',
    title: 'Morph API key',
    confidence: 'high',
    definition: { anchors: [], pattern: 'sk-[A-Za-z0-9_-]{43,56}' },
    context: credentialOf(['morph', 'morphllm']),
    examples: ['sk-{{base62:48}}'],
    nonExamples: ['sk-{{hex:12}}'],
  },
])
