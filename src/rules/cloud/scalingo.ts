import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const scalingo = defineRules({ provider: 'Scalingo', link: 'https://developers.scalingo.com/tokens' }, [
  {
    id: 'scalingo-api-token',
    title: 'Scalingo API token',
    confidence: 'medium',
    definition: { anchors: ['tk-us-'], pattern: 'tk-us-[A-Za-z0-9_-]{48}' },
    validate: isDrawn,
    examples: ['tk-us-{{base64url:48}}'],
    nonExamples: ['tk-us-{{hex:48}}'],
  },
])
