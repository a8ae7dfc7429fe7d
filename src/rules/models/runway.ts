import { defineRules } from '../define.js'

export const runway = defineRules({ provider: 'Runway', link: 'https://docs.dev.runwayml.com/guides/setup/' }, [
  {
    id: 'runway-api-key',
    title: 'Runway API key',
    definition: { anchors: ['key_'], pattern: 'key_[0-9a-f]{128}' },
    examples: ['key_{{hex:128}}'],
    nonExamples: ['key_{{hex:100}}'],
  },
])
