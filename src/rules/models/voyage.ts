import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const voyage = defineRules(
  { provider: 'Voyage AI', link: 'https://docs.voyageai.com/docs/api-key-and-installation' },
  [
    {
      id: 'voyage-api-key',
      title: 'Voyage AI API key',
      definition: { anchors: ['pa-'], pattern: 'pa-[A-Za-z0-9_-]{43}' },
      validate: isDrawn,
      examples: ['pa-{{base64url:43}}'],
      nonExamples: ['pa-{{base62:12}}', 'pa-{{hex:43}}'],
    },
  ],
)
