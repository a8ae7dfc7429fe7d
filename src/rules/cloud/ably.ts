import { defineRules } from '../define.js'

export const ably = defineRules({ provider: 'Ably', link: 'https://ably.com/docs/auth/basic' }, [
  {
    id: 'ably-api-key',
    title: 'Ably API key',
    confidence: 'medium',
    definition: {
      anchors: ['ably_api', 'ably api', 'ably-api', 'ablyapi', 'ably key', 'ably_key', 'ablykey'],
      caseInsensitive: true,
      pattern:
        'ably[ _-]?(?:api[ _-]?)?key["\\\']?(?: is|\\s{0,3}[=:])\\s{0,3}["\\\']?(?<secret>[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{6}:[A-Za-z0-9_-]{16,43})',
    },
    examples: ['ABLY_API_KEY=<<{{base62:6}}.{{base62:6}}:{{base62:43}}>>'],
    nonExamples: ['ABLY_API_KEY=your.key:here'],
  },
])
