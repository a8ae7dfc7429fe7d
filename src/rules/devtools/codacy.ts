import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const codacy = defineRules({ provider: 'Codacy', link: 'https://docs.codacy.com/codacy-api/api-tokens/' }, [
  {
    id: 'codacy-api-token',
    title: 'Codacy account or project API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}|[A-Za-z0-9]{20}' },
    context: credentialOf(['codacy']),
    validate: hasDigit,
    examples: ['{{base62:20}}', '{{hex:32}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
