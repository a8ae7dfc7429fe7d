import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const looker = defineRules({ provider: 'Looker', link: 'https://cloud.google.com/looker/docs/api-auth' }, [
  {
    id: 'looker-client-secret',
    title: 'Looker client secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{24}' },
    context: secretOf(['looker', 'lookersdk']),
    validate: isScattered,
    examples: ['{{base62:24}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
