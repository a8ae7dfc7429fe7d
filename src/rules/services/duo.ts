import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const duo = defineRules({ provider: 'Duo Security', link: 'https://duo.com/docs/adminapi' }, [
  {
    id: 'duo-secret-key',
    title: 'Duo Security secret key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
    context: secretOf(['duo', 'duosecurity', 'duo security']),
    validate: isScattered,
    examples: ['{{base62:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
