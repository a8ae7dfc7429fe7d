import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const honeybadger = defineRules(
  { provider: 'Honeybadger', link: 'https://docs.honeybadger.io/api/getting-started/' },
  [
    {
      id: 'honeybadger-token',
      title: 'Honeybadger project key or personal auth token',
      definition: { anchors: ['hbp_'], pattern: 'hbp_[A-Za-z0-9]{32,48}' },
      validate: hasDigit,
      examples: ['hbp_{{base62:36}}'],
      nonExamples: ['hbp_{{base62:8}}'],
    },
  ],
)
