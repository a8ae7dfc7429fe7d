import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const deepl = defineRules(
  { provider: 'DeepL', link: 'https://developers.deepl.com/docs/getting-started/auth' },
  [
    {
      id: 'deepl-api-key',
      title: 'DeepL API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?::fx)?' },
      context: credentialOf(['deepl'], ['deepl-auth-key ']),
      examples: ['{{uuid}}', '{{uuid}}:fx'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
