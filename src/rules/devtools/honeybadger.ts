import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const honeybadger = defineRules(
  { provider: 'Honeybadger', link: 'https://docs.honeybadger.io/api/getting-started/' },
  [
    {
      id: 'honeybadger-token',
      title: 'Honeybadger project key or personal auth token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?:hbp_)?[A-Za-z0-9]{20,48}' },
      context: credentialOf(['honeybadger']),
      validate: isScattered,
      examples: ['hbp_{{base62:36}}', '{{base62:20}}'],
      nonExamples: ['{{base62:12}}'],
    },
  ],
)
