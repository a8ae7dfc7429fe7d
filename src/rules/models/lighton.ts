import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const lighton = defineRules({ provider: 'LightOn', link: 'https://developers.lighton.ai/' }, [
  {
    id: 'lighton-api-key',
    title: 'LightOn Paradigm API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{32,64}' },
    context: {
      keys: ['lightonapikey', 'paradigmapikey', 'lightonkey'],
      near: [
        'lighton api key',
        'lighton_api_key',
        'paradigm_api_key',
        'paradigm api key',
        'lightonapikey',
        'paradigmapikey',
        'lightonkey',
      ],
    },
    validate: isDrawn,
    examples: ['{{base62:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
