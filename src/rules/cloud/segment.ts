import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const segment = defineRules({ provider: 'Segment', link: 'https://segment.com/docs/api/public-api/' }, [
  {
    id: 'segment-public-api-token',
    title: 'Segment Public API token',
    definition: { anchors: ['sgp_'], pattern: 'sgp_[A-Za-z0-9]{64}' },
    validate: isDrawn,
    examples: ['sgp_{{base62:64}}'],
    nonExamples: ['sgp_{{hex:64}}'],
  },
  {
    id: 'segment-write-key',
    title: 'Segment write key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['segment write']),
    validate: isDrawn,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
