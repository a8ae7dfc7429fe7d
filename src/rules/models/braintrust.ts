import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const braintrust = defineRules({ provider: 'Braintrust', link: 'https://www.braintrust.dev/docs' }, [
  {
    id: 'braintrust-api-key',
    title: 'Braintrust API key',
    confidence: 'high',
    definition: { anchors: [], pattern: 'sk-[A-Za-z0-9]{48}' },
    context: credentialOf(['braintrust']),
    examples: ['sk-{{base62:48}}'],
    nonExamples: ['sk-{{hex:12}}'],
  },
])
