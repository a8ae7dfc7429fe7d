import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const dify = defineRules(
  { provider: 'Dify', link: 'https://docs.dify.ai/en/guides/application-publishing/developing-with-apis' },
  [
    {
      id: 'dify-api-key',
      title: 'Dify app or knowledge API key',
      confidence: 'medium',
      definition: { anchors: ['app-', 'dataset-'], pattern: '(?:app|dataset)-[A-Za-z0-9]{24}' },
      validate: isDrawn,
      examples: ['app-{{base62:24}}', 'dataset-{{base62:24}}'],
      nonExamples: ['app-{{hex:24}}', 'dataset-{{base62:12}}'],
    },
  ],
)
