import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const arcade = defineRules(
  { provider: 'Arcade', link: 'https://docs.arcade.dev/en/get-started/setup/api-keys' },
  [
    {
      id: 'arcade-api-key',
      title: 'Arcade API key',
      confidence: 'medium',
      definition: { anchors: ['arc_'], pattern: 'arc_[A-Za-z0-9]{32,100}' },
      validate: isDrawn,
      examples: ['arc_o1{{base62:60}}'],
      nonExamples: ['arc_length_parameterization', 'arc_{{hex:40}}'],
    },
  ],
)
