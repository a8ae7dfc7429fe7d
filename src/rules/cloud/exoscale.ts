import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const exoscale = defineRules(
  { provider: 'Exoscale', link: 'https://community.exoscale.com/product/iam/quick-start/' },
  [
    {
      id: 'exoscale-api-key',
      title: 'Exoscale API key (its name, not its secret)',
      kind: 'identifier',
      action: 'report',
      definition: { anchors: ['EXO'], pattern: 'EXO[0-9a-f]{24}' },
      examples: ['EXO{{hex:24}}'],
      nonExamples: ['EXOPLANET'],
    },
    {
      id: 'exoscale-api-secret',
      title: 'Exoscale API secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
      context: credentialOf(['exoscale']),
      validate: isDrawn,
      examples: ['{{base62:43}}'],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
