import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const upstage = defineRules({ provider: 'Upstage', link: 'https://console.upstage.ai/docs' }, [
  {
    id: 'upstage-api-key',
    title: 'Upstage API key',
    definition: { anchors: ['up_'], pattern: 'up_[A-Za-z0-9]{29}' },
    validate: isDrawn,
    examples: ['up_{{base62:29}}'],
    nonExamples: ['up_{{hex:29}}'],
  },
])
