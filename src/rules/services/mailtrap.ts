import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const mailtrap = defineRules({ provider: 'Mailtrap', link: 'https://docs.mailtrap.io/developers' }, [
  {
    id: 'mailtrap-api-token',
    title: 'Mailtrap API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['mailtrap']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
