import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const dynamic = defineRules(
  { provider: 'Dynamic', link: 'https://www.dynamic.xyz/docs/developer-dashboard/tokens-api-keys' },
  [
    {
      id: 'dynamic-api-token',
      title: 'Dynamic API token',
      definition: { anchors: ['dyn_'], pattern: 'dyn_[A-Za-z0-9]{56}' },
      validate: isScattered,
      examples: ['dyn_{{base62:56}}'],
      nonExamples: ['dyn_{{base62:12}}'],
    },
  ],
)
