import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

/** Dozens of model providers copied OpenAI's prefix without a published length. */
export const generic = defineRules(
  { provider: 'generic', link: 'https://platform.openai.com/docs/api-reference/authentication' },
  [
    {
      id: 'generic-sk-api-key',
      title: 'API key in the style of OpenAI (Kimi, Stability, Upstage and others)',
      confidence: 'medium',
      definition: { anchors: ['sk-'], pattern: 'sk-(?:[a-z0-9]{2,12}-)?(?:[a-z0-9]{2,12}-)?[A-Za-z0-9]{32,128}' },
      validate: hasDigit,
      examples: ['sk-{{base62:48}}', 'sk-helicone-{{base62:40}}'],
      nonExamples: ['sk-container-id-1', 'sk-{{base62:8}}'],
    },
  ],
)
