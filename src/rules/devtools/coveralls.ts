import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const coveralls = defineRules({ provider: 'Coveralls', link: 'https://docs.coveralls.io/coverage-reporter' }, [
  {
    id: 'coveralls-repo-token',
    title: 'Coveralls repository token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['coveralls', 'coveralls repo']),
    validate: isScattered,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
