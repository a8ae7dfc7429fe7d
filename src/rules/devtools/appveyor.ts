import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const appveyor = defineRules({ provider: 'AppVeyor', link: 'https://www.appveyor.com/docs/api/' }, [
  {
    id: 'appveyor-api-token',
    title: 'AppVeyor API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: 'v2\\.[a-z0-9]{20}|[a-z0-9]{20}' },
    context: credentialOf(['appveyor']),
    validate: hasDigit,
    examples: ['{{lower36:20}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
