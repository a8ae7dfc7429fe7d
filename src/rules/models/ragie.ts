import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const ragie = defineRules({ provider: 'Ragie', link: 'https://docs.ragie.ai/reference/authentication' }, [
  {
    id: 'ragie-api-key',
    title: 'Ragie API key',
    confidence: 'medium',
    definition: { anchors: ['tnt_'], pattern: 'tnt_[A-Za-z0-9]{10,16}_[A-Za-z0-9]{40,80}' },
    validate: isDrawn,
    examples: ['tnt_{{base62:11}}_{{base62:64}}'],
    nonExamples: ['tnt_short'],
  },
])
