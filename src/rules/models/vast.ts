import { defineRules } from '../define.js'

export const vast = defineRules({ provider: 'Vast.ai', link: 'https://docs.vast.ai/' }, [
  {
    id: 'vast-api-key',
    title: 'Vast.ai API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: {
      keys: ['vastapikey', 'vastaiapikey', 'vastaikey'],
      near: [
        'vast api key',
        'vast_api_key',
        'vastai_api_key',
        'vast.ai api key',
        'vastapikey',
        'vastaiapikey',
        'vastaikey',
      ],
    },
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
