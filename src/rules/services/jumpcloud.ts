import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const jumpcloud = defineRules({ provider: 'JumpCloud', link: 'https://jumpcloud.com/support/jumpcloud-apis' }, [
  {
    id: 'jumpcloud-api-key',
    title: 'JumpCloud API key',
    definition: { anchors: ['jca_'], pattern: 'jca_[A-Za-z0-9]{36}' },
    examples: ['jca_{{base62:36}}'],
    nonExamples: ['jca_{{base62:8}}'],
  },
  {
    id: 'jumpcloud-legacy-key',
    title: 'JumpCloud API key without a prefix',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{40}' },
    context: credentialOf(['jumpcloud']),
    examples: ['{{hex:40}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
