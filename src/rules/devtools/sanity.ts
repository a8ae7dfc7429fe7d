import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const sanity = defineRules({ provider: 'Sanity', link: 'https://www.sanity.io/docs/content-lake/http-auth' }, [
  {
    id: 'sanity-token',
    title: 'Sanity robot or personal token',
    confidence: 'medium',
    definition: { anchors: [], pattern: 'sk[A-Za-z0-9]{78,220}' },
    context: credentialOf(['sanity']),
    validate: isScattered,
    examples: ['sk{{base62:178}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
