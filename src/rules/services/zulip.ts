import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const zulip = defineRules({ provider: 'Zulip', link: 'https://zulip.com/api/api-keys' }, [
  {
    id: 'zulip-api-key',
    title: 'Zulip API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['zulip']),
    validate: isScattered,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
