import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const spacelift = defineRules({ provider: 'Spacelift', link: 'https://docs.spacelift.io/integrations/api' }, [
  {
    id: 'spacelift-api-key-secret',
    title: 'Spacelift API key secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: credentialOf(['spacelift']),
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
