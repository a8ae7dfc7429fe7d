import { defineRules } from '../define.js'

export const duffel = defineRules(
  { provider: 'Duffel', link: 'https://duffel.com/docs/api/overview/making-requests' },
  [
    {
      id: 'duffel-access-token',
      title: 'Duffel access token',
      definition: { anchors: ['duffel_live_'], pattern: 'duffel_live_[A-Za-z0-9_-]{43}' },
      examples: ['duffel_live_{{base64url:43}}'],
      nonExamples: ['duffel_live_{{base62:8}}'],
    },
    {
      id: 'duffel-test-token',
      title: 'Duffel access token for test mode',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['duffel_test_'], pattern: 'duffel_test_[A-Za-z0-9_-]{43}' },
      examples: ['duffel_test_{{base64url:43}}'],
      nonExamples: ['duffel_test_{{base62:8}}'],
    },
  ],
)
