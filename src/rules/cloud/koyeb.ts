import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const koyeb = defineRules({ provider: 'Koyeb', link: 'https://www.koyeb.com/docs/reference/api' }, [
  {
    id: 'koyeb-api-token',
    title: 'Koyeb API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[a-z0-9]{64}' },
    context: credentialOf(['koyeb']),
    validate: hasDigit,
    examples: ['{{lower36:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
