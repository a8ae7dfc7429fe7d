import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const zerotier = defineRules({ provider: 'ZeroTier', link: 'https://docs.zerotier.com/api/tokens/' }, [
  {
    id: 'zerotier-api-token',
    title: 'ZeroTier API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['zerotier']),
    validate: isDrawn,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
