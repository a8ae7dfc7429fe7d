import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const censys = defineRules({ provider: 'Censys', link: 'https://docs.censys.com/reference/get-started' }, [
  {
    id: 'censys-access-token',
    title: 'Censys personal access token or API secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '(?:censys_[A-Za-z0-9]{8}_)?[A-Za-z0-9]{24,40}' },
    context: credentialOf(['censys']),
    validate: isScattered,
    examples: ['censys_{{base62:8}}_{{base62:24}}', '{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
