import { defineRules } from '../define.js'

export const shippo = defineRules(
  { provider: 'Shippo', link: 'https://docs.goshippo.com/docs/guides_general/authentication/' },
  [
    {
      id: 'shippo-api-token',
      title: 'Shippo API token',
      definition: { anchors: ['shippo_live_'], pattern: 'shippo_live_[0-9a-f]{40}' },
      examples: ['shippo_live_{{hex:40}}'],
      nonExamples: ['shippo_live_{{hex:8}}'],
    },
    {
      id: 'shippo-test-token',
      title: 'Shippo API token for test mode',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['shippo_test_'], pattern: 'shippo_test_[0-9a-f]{40}' },
      examples: ['shippo_test_{{hex:40}}'],
      nonExamples: ['shippo_test_{{hex:8}}'],
    },
  ],
)
