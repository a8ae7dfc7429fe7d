import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const dune = defineRules(
  { provider: 'Dune', link: 'https://docs.dune.com/api-reference/overview/authentication' },
  [
    {
      id: 'dune-api-key',
      title: 'Dune API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: credentialOf(['dune'], ['x-dune-api-key: ']),
      validate: isScattered,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
