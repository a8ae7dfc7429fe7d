import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const box = defineRules(
  { provider: 'Box', link: 'https://developer.box.com/guides/authentication/tokens/developer-tokens/' },
  [
    {
      id: 'box-developer-token',
      title: 'Box developer token or client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: credentialOf(['box developer', 'box client', 'boxdeveloper', 'boxclient', 'box api']),
      validate: isScattered,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
