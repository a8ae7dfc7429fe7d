import { defineRules } from '../define.js'

export const langfuse = defineRules(
  { provider: 'Langfuse', link: 'https://langfuse.com/faq/all/where-are-langfuse-api-keys' },
  [
    {
      id: 'langfuse-secret-key',
      title: 'Langfuse secret key',
      definition: {
        anchors: ['sk-lf-'],
        pattern: 'sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
      },
      examples: ['sk-lf-{{uuid}}'],
      nonExamples: ['pk-lf-{{uuid}}'],
    },
  ],
)
