import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const attio = defineRules({ provider: 'Attio', link: 'https://docs.attio.com/rest-api/guides/authentication' }, [
  {
    id: 'attio-access-token',
    title: 'Attio access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: credentialOf(['attio']),
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:58}}'],
  },
])
