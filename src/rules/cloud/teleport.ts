import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const teleport = defineRules(
  { provider: 'Teleport', link: 'https://goteleport.com/docs/reference/join-methods/' },
  [
    {
      id: 'teleport-join-token',
      title: 'Teleport join token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['teleport']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
