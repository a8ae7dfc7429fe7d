import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const poe = defineRules(
  { provider: 'Poe', link: 'https://creator.poe.com/docs/external-applications/openai-compatible-api' },
  [
    {
      id: 'poe-api-key',
      title: 'Poe API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
      context: { keys: ['poeapikey'], near: ['poe_api_key', 'poe api key', 'poeapikey'] },
      validate: isDrawn,
      examples: ['{{base64url:43}}'],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
