import { defineRules } from '../define.js'

export const circle = defineRules({ provider: 'Circle', link: 'https://developers.circle.com/w3s/keys' }, [
  {
    id: 'circle-api-key',
    title: 'Circle API key',
    severity: 'critical',
    definition: { anchors: ['LIVE_API_KEY:'], pattern: 'LIVE_API_KEY:[0-9a-f]{32}:[0-9a-f]{32}' },
    examples: ['LIVE_API_KEY:{{hex:32}}:{{hex:32}}'],
    nonExamples: ['LIVE_API_KEY:{{hex:32}}'],
  },
  {
    id: 'circle-test-key',
    title: 'Circle API key for the sandbox',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['TEST_API_KEY:'], pattern: 'TEST_API_KEY:[0-9a-f]{32}:[0-9a-f]{32}' },
    examples: ['TEST_API_KEY:{{hex:32}}:{{hex:32}}'],
    nonExamples: ['TEST_API_KEY:{{hex:32}}'],
  },
])
