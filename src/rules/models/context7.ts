import { defineRules } from '../define.js'

export const context7 = defineRules({ provider: 'Context7', link: 'https://context7.com/docs' }, [
  {
    id: 'context7-api-key',
    title: 'Context7 API key',
    definition: {
      anchors: ['ctx7sk-'],
      pattern: 'ctx7sk-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    },
    examples: ['ctx7sk-{{uuid}}'],
    nonExamples: ['ctx7sk-example'],
  },
])
