import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const stytch = defineRules(
  { provider: 'Stytch', link: 'https://stytch.com/docs/workspace-management/pwa/overview' },
  [
    {
      id: 'stytch-secret',
      title: 'Stytch project secret',
      definition: { anchors: ['secret-live-'], pattern: 'secret-live-[A-Za-z0-9_=-]{30,60}' },
      validate: hasDigit,
      examples: ['secret-live-{{base64url:35}}0'],
      nonExamples: ['secret-live-{{base62:8}}'],
    },
    {
      id: 'stytch-test-secret',
      title: 'Stytch project secret for test mode',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['secret-test-'], pattern: 'secret-test-[A-Za-z0-9_=-]{30,60}' },
      validate: hasDigit,
      examples: ['secret-test-{{base64url:35}}0'],
      nonExamples: ['secret-test-{{base62:8}}'],
    },
  ],
)
