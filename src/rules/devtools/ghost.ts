import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const ghost = defineRules({ provider: 'Ghost', link: 'https://ghost.org/docs/admin-api/' }, [
  {
    id: 'ghost-admin-api-key',
    title: 'Ghost Admin API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{24}:[0-9a-f]{64}' },
    context: credentialOf(['ghost']),
    examples: ['{{hex:24}}:{{hex:64}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
