import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const pylon = defineRules(
  { provider: 'Pylon', link: 'https://docs.usepylon.com/pylon-docs/developer/api/authentication' },
  [
    {
      id: 'pylon-api-token',
      title: 'Pylon API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: 'pylon_api_[A-Za-z0-9]{32,80}|[0-9a-f]{64}' },
      context: credentialOf(['pylon']),
      examples: ['pylon_api_{{hex:64}}'],
      nonExamples: ['pylon_api_url'],
    },
  ],
)
