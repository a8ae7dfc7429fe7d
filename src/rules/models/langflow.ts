import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const langflow = defineRules(
  { provider: 'Langflow', link: 'https://docs.langflow.org/api-keys-and-authentication' },
  [
    {
      id: 'langflow-api-key',
      title: 'Langflow API key',
      confidence: 'high',
      definition: { anchors: [], pattern: 'sk-[A-Za-z0-9_-]{43}' },
      context: credentialOf(['langflow']),
      examples: ['sk-{{base64url:43}}'],
      nonExamples: ['sk-{{hex:12}}'],
    },
  ],
)
