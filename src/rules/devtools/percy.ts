import { defineRules } from '../define.js'

export const percy = defineRules(
  { provider: 'Percy', link: 'https://www.browserstack.com/docs/percy/get-started/percy-token' },
  [
    {
      id: 'percy-token',
      title: 'Percy project token',
      definition: { anchors: ['web_', 'app_', 'auto_'], pattern: '(?:web|app|auto)_[0-9a-f]{64}' },
      examples: ['web_{{hex:64}}'],
      nonExamples: ['web_{{hex:12}}'],
    },
  ],
)
