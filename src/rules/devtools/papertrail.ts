import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const papertrail = defineRules({ provider: 'Papertrail', link: 'https://www.papertrail.com/help/http-api/' }, [
  {
    id: 'papertrail-api-token',
    title: 'Papertrail API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{20}' },
    context: credentialOf(['papertrail'], ['x-papertrail-token: ']),
    validate: isScattered,
    examples: ['{{base62:20}}'],
    nonExamples: ['{{hex:20}}'],
  },
])
