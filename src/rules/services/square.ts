import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const square = defineRules(
  { provider: 'Square', link: 'https://developer.squareup.com/docs/build-basics/access-tokens' },
  [
    {
      id: 'square-access-token',
      title: 'Square access token or secret',
      definition: {
        anchors: ['EAAA', 'sq0csp-', 'sq0atp-', 'sq0atb-'],
        pattern: '(?:EAAA[A-Za-z0-9_-]{60}|sq0(?:csp-[A-Za-z0-9_-]{43}|at[pb]-[A-Za-z0-9_-]{22}))',
      },
      validate: hasDigit,
      examples: ['EAAA{{base64url:60}}', 'sq0csp-{{base64url:43}}', 'sq0atp-{{base64url:22}}'],
      nonExamples: ['sq0idp-{{base64url:22}}'],
    },
    {
      id: 'square-sandbox-secret',
      title: 'Square secret for the sandbox',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['sandbox-sq0'], pattern: 'sandbox-sq0(?:csb-[A-Za-z0-9_-]{43}|atb-[A-Za-z0-9_-]{22})' },
      examples: ['sandbox-sq0csb-{{base64url:43}}'],
      nonExamples: ['sandbox-sq0idb-{{base64url:22}}'],
    },
  ],
)
