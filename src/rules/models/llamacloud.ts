import { defineRules } from '../define.js'

export const llamacloud = defineRules({ provider: 'LlamaCloud', link: 'https://docs.cloud.llamaindex.ai/api_key' }, [
  {
    id: 'llamacloud-api-key',
    title: 'LlamaCloud API key',
    definition: { anchors: ['llx-'], pattern: 'llx-[A-Za-z0-9]{48}' },
    examples: ['llx-{{base62:48}}'],
    nonExamples: [],
  },
])
