import { isDrawn, isMixed } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const roboflow = defineRules(
  { provider: 'Roboflow', link: 'https://docs.roboflow.com/api-reference/authentication' },
  [
    {
      id: 'roboflow-api-key',
      title: 'Roboflow private API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{20}' },
      context: credentialOf(['roboflow']),
      // One in some hundred spells syllables enough to look composed.
      validate: (key) => isMixed(key) || isDrawn(key),
      examples: ['{{base62:20}}'],
      nonExamples: ['{{hex:20}}'],
    },
  ],
)
