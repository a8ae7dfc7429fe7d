import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const shodan = defineRules({ provider: 'Shodan', link: 'https://developer.shodan.io/api' }, [
  {
    id: 'shodan-api-key',
    title: 'Shodan API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['shodan']),
    validate: isScattered,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
