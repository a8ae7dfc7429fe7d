import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const zoom = defineRules(
  { provider: 'Zoom', link: 'https://developers.zoom.us/docs/internal-apps/s2s-oauth/' },
  [
    {
      id: 'zoom-client-secret',
      title: 'Zoom client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: secretOf(['zoom']),
      validate: isScattered,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
