import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const nomic = defineRules({ provider: 'Nomic', link: 'https://docs.nomic.ai/' }, [
  {
    id: 'nomic-api-key',
    title: 'Nomic API key',
    definition: { anchors: ['nk-'], pattern: 'nk-[A-Za-z0-9_-]{43}' },
    validate: isDrawn,
    examples: ['nk-{{base64url:43}}'],
    nonExamples: ['nk-{{hex:43}}', 'nk-{{base62:12}}'],
  },
])
