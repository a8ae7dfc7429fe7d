import { defineRules } from '../define.js'

export const square = defineRules(
  { provider: 'Square', link: 'https://developer.squareup.com/docs/build-basics/access-tokens' },
  [
    {
      id: 'square-access-token',
      title: 'Square access token or secret',
      definition: {
        anchors: ['EAAA', 'sq0csp-', 'sq0atp-'],
        pattern: '(?:EAAA[A-Za-z0-9_-]{60}|sq0(?:csp-[A-Za-z0-9_-]{43}|atp-[A-Za-z0-9_-]{22}))',
      },
      examples: ['EAAA{{base64url:60}}', 'sq0csp-{{base64url:43}}'],
      nonExamples: [],
    },
  ],
)
