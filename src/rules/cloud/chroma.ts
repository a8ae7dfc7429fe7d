import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const chroma = defineRules({ provider: 'Chroma', link: 'https://docs.trychroma.com/cloud/getting-started' }, [
  {
    id: 'chroma-cloud-api-key',
    title: 'Chroma Cloud API key',
    definition: { anchors: ['ck-'], pattern: 'ck-[A-Za-z0-9]{44}' },
    validate: isDrawn,
    examples: ['ck-{{base62:44}}'],
    nonExamples: ['ck-{{hex:44}}', 'ck-editor-widget'],
  },
])
