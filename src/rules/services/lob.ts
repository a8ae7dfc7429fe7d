import { defineRules } from '../define.js'

export const lob = defineRules({ provider: 'Lob', link: 'https://docs.lob.com/#tag/Authentication' }, [
  {
    id: 'lob-api-key',
    title: 'Lob API key',
    definition: { anchors: ['live_'], pattern: 'live_[0-9a-f]{35}' },
    examples: ['live_{{hex:35}}'],
    nonExamples: ['live_pub_{{hex:31}}'],
  },
  {
    id: 'lob-test-key',
    title: 'Lob API key for test mode',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['test_'], pattern: 'test_[0-9a-f]{35}' },
    examples: ['test_{{hex:35}}'],
    nonExamples: ['test_pub_{{hex:31}}'],
  },
])
