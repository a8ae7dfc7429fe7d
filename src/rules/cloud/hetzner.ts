import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const hetzner = defineRules(
  { provider: 'Hetzner', link: 'https://docs.hetzner.com/cloud/api/getting-started/generating-api-token/' },
  [
    {
      id: 'hetzner-api-token',
      title: 'Hetzner Cloud API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{64}' },
      context: credentialOf(['hetzner', 'hcloud']),
      validate: isDrawn,
      examples: ['{{base62:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
