import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const vultr = defineRules({ provider: 'Vultr', link: 'https://www.vultr.com/api/' }, [
  {
    id: 'vultr-api-key',
    title: 'Vultr API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Z0-9]{36}' },
    context: credentialOf(['vultr']),
    validate: hasDigit,
    examples: ['{{upper36:36}}'],
    nonExamples: ['{{hex:36}}'],
  },
])
