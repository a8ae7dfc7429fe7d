import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const heygen = defineRules({ provider: 'HeyGen', link: 'https://docs.heygen.com/reference/authentication' }, [
  {
    id: 'heygen-api-key',
    title: 'HeyGen API key',
    confidence: 'medium',
    definition: { anchors: ['sk_V2_'], pattern: 'sk_V2_[a-z]{2,6}_[A-Za-z0-9_]{24,100}' },
    examples: ['sk_V2_hgu_{{base62:48}}'],
    nonExamples: ['sk_V2_short'],
  },
  {
    id: 'heygen-legacy-api-key',
    title: 'HeyGen API key (before the prefix)',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9+/]{40,80}={0,2}' },
    context: credentialOf(['heygen']),
    validate: isDrawn,
    examples: ['{{base62:48}}=='],
    nonExamples: ['{{hex:48}}'],
  },
])
