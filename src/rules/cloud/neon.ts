import { defineRules } from '../define.js'

export const neon = defineRules({ provider: 'Neon', link: 'https://neon.com/docs/manage/api-keys' }, [
  {
    id: 'neon-api-key',
    title: 'Neon API key',
    definition: { anchors: ['napi_'], pattern: 'napi_[a-z0-9]{64}' },
    examples: ['napi_{{lower36:64}}'],
    nonExamples: [],
  },
])
